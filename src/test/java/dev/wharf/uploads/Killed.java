package dev.wharf.uploads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A step that ends the process as {@code kill -9} does, and the routes of a service that has it somewhere. */
public final class Killed {
    /** What the process ends with. */
    static final int EXIT = 137;

    /** Called by the route. */
    public void die() {
        Runtime.getRuntime().halt(EXIT);
    }

    /**
     * Makes a home for a service that dies before a step.
     *
     * @param step the id of one in {@code routes/}
     */
    static void copyRoutes(Path home, String step) throws IOException {
        Path routes = Files.createDirectories(home.resolve("routes"));
        boolean found = false;
        try (var files = Files.list(Path.of("routes"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String text = Files.readString(file);
                var place =
                        Pattern.compile("\n( +)- \\w+:\n +id: " + step + "\n").matcher(text);
                if (place.find()) {
                    found = true;
                    text = text.substring(0, place.start()) + "\n" + place.group(1) + "- bean:\n" + place.group(1)
                            + "    beanType: " + Killed.class.getName() + "\n" + place.group(1) + "    method: die"
                            + text.substring(place.start());
                }
                Files.writeString(routes.resolve(file.getFileName()), text);
            }
        }
        if (!found) {
            throw new UncheckedIOException(new IOException("There is no step " + step));
        }
    }
}
