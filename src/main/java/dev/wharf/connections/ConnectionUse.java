package dev.wharf.connections;

/**
 * What needs a connection, so that it is not deleted.
 *
 * @param type {@code importedDataset}, {@code outputObject}, {@code schedule}, or {@code jobGroup} for a job that is not over
 * @param name null for what has none
 */
public record ConnectionUse(String type, long id, String name) {
    /** For a message. */
    String words() {
        return switch (type) {
            case "importedDataset" -> "dataset " + id + " \"" + name + '"';
            case "outputObject" -> "output object " + id + ", which writes to it";
            case "schedule" -> "schedule " + id + " \"" + name + '"';
            default -> "job group " + id + ", which is not over";
        };
    }
}
