package dev.wharf.identity.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * A folder in base storage that somebody chooses. As in RFC 7396, {@code null} is a choice, the default's; a field that is
 * absent is none, and what there is stays.
 *
 * @param path begins with a slash and ends without one; null for the default
 */
record FolderChoice(String path) {
    /** In UTF-8. A key has 1,024 bytes: the others are for what is named below the folder. */
    private static final int MAX_BYTES = 512;

    private static final String UPLOADS_EXAMPLE = StorageFolders.UPLOADS + "/team";
    private static final Set<String> NO_PARTS = Set.of("", ".", "..");

    /**
     * Where results go: anywhere but where uploads or temporary files do.
     *
     * @param value Java's null where the field is absent
     * @return null where the field is absent
     * @throws ProblemException 400 naming the field
     */
    static FolderChoice outputHome(JsonNode value) {
        FolderChoice choice = of("outputHomeDir", value, "/results/ann");
        if (choice != null && choice.path != null && overlap(choice.path, StorageFolders.UPLOADS)) {
            throw ProblemException.invalid(
                    "outputHomeDir",
                    "is " + choice.path + ", and must be neither in nor around " + StorageFolders.UPLOADS
                            + ", which only uploads may fill: choose another");
        }
        if (choice != null && choice.path != null && overlap(choice.path, StorageFolders.TEMPORARY)) {
            throw ProblemException.invalid(
                    "outputHomeDir",
                    "is " + choice.path + ", and must be neither in nor around " + StorageFolders.TEMPORARY
                            + ", whose files are purged: choose another");
        }
        return choice;
    }

    /**
     * Where uploads go: a folder of the area that nothing else writes.
     *
     * @param value as above
     * @return as above
     * @throws ProblemException as above
     */
    static FolderChoice uploads(JsonNode value) {
        FolderChoice choice = of("uploadDir", value, UPLOADS_EXAMPLE);
        if (choice != null && choice.path != null && !holds(StorageFolders.UPLOADS, choice.path)) {
            throw ProblemException.invalid(
                    "uploadDir",
                    "is " + choice.path + ", and must be " + StorageFolders.UPLOADS + " or a folder in it, such as "
                            + UPLOADS_EXAMPLE);
        }
        return choice;
    }

    private static FolderChoice of(String field, JsonNode value, String example) {
        if (value == null) {
            return null;
        }
        if (value.isNull()) {
            return new FolderChoice(null);
        }
        if (!value.isTextual()) {
            throw ProblemException.invalid(field, "must be a string, or null for the default");
        }
        String path = Text.name(field, value.textValue(), MAX_BYTES);
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (!isFolder(path)) {
            throw ProblemException.invalid(
                    field,
                    "must be a folder such as " + example + ": it begins with a slash, has at most " + MAX_BYTES
                            + " bytes in UTF-8, and no part that is empty, . or ..");
        }
        return new FolderChoice(path);
    }

    private static boolean isFolder(String path) {
        return path.startsWith("/")
                && path.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && Arrays.stream(path.substring(1).split("/", -1)).noneMatch(NO_PARTS::contains);
    }

    /** Whether one of two folders is the other, or in it. */
    static boolean overlap(String one, String other) {
        return holds(one, other) || holds(other, one);
    }

    /** Whether a folder is the outer one, or in it. */
    static boolean holds(String outer, String inner) {
        return inner.equals(outer) || inner.startsWith(outer + "/");
    }

    /** The choice as it is told to others. */
    @Override
    public String toString() {
        return path == null ? "default" : path;
    }
}
