package dev.wharf.kernel.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A package of npm that the page imports by its name, served from its jar.
 *
 * @param name as modules import it
 * @param artifact {@code groupId/artifactId} of the jar, which tells its own version
 * @param folder in {@code META-INF/resources}, without the version
 * @param main the file for which the name alone stands
 */
record Library(String name, String artifact, String folder, String main) {
    private static final List<Library> ALL = List.of(
            new Library("lit", "org.mvnpm/lit", "_static/lit", "index.js"),
            new Library("lit-html", "org.mvnpm/lit-html", "_static/lit-html", "lit-html.js"),
            new Library("lit-element", "org.mvnpm/lit-element", "_static/lit-element", "index.js"),
            new Library(
                    "@lit/reactive-element",
                    "org.mvnpm.at.lit/reactive-element",
                    "_static/reactive-element",
                    "reactive-element.js"));

    /** The library that a path such as {@code lit-html/directive.js} leads into, or a name such as {@code lit}. */
    static Optional<Library> of(String path) {
        return ALL.stream()
                .filter(library -> path.equals(library.name) || path.startsWith(library.name + '/'))
                .findFirst();
    }

    /** The path that an import means: that of a file. */
    String path(String imported) {
        return imported.equals(name) ? name + '/' + main : imported;
    }

    /** Where the class path has the file of this path. */
    String resource(String path) {
        return "/META-INF/resources/" + folder + '/' + version() + path.substring(name.length());
    }

    private String version() {
        String properties = "/META-INF/maven/" + artifact + "/pom.properties";
        try (InputStream in = Library.class.getResourceAsStream(properties)) {
            if (in == null) {
                throw new IllegalStateException("The class path has no " + properties);
            }
            var read = new Properties();
            read.load(in);
            return read.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
