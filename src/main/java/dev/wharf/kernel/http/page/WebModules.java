package dev.wharf.kernel.http.page;

import dev.wharf.kernel.api.Json;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of the page, each at an address that holds a hash of its content. Modules import each other by their plain
 * names, which an import map leads to the addresses: what a module imports is no part of its own hash, so that browsers
 * fetch anew only what has changed.
 */
final class WebModules {
    private static final String FOLDER = "/web/";
    private static final Pattern IMPORT = Pattern.compile("\\b(?:from|import)\\s*(\\(?)\\s*[\"']([^\"'\\s]+)[\"']");

    private final Map<String, WebFile> byAddress = new HashMap<>();
    /** By plain name, such as {@code /web/app.js}. */
    private final Map<String, String> addresses = new TreeMap<>();
    /** Of modules that import a library by its name alone: the name, and which file it means. */
    private final Map<String, String> mains = new TreeMap<>();

    private final Map<String, List<String>> importedAtOnce = new HashMap<>();

    /**
     * Follows the imports of a module, also those that are made later.
     *
     * @throws IllegalStateException if one of them is not there
     */
    WebModules(String first, Collection<String> others) {
        others.forEach(name -> add(FOLDER + name));
        Deque<String> toRead = new ArrayDeque<>(List.of(FOLDER + first));
        while (!toRead.isEmpty()) {
            String name = toRead.pop();
            if (!addresses.containsKey(name)) {
                IMPORT.matcher(add(name).text()).results().forEach(found -> {
                    String imported = nameOf(found.group(2), name);
                    toRead.add(imported);
                    if (found.group(1).isEmpty()) {
                        importedAtOnce
                                .computeIfAbsent(name, importer -> new ArrayList<>())
                                .add(imported);
                    }
                });
            }
        }
    }

    private WebFile add(String name) {
        String path = name.substring(FOLDER.length());
        var file = WebFile.read(
                Library.of(path).map(library -> library.resource(path)).orElse(name));
        int dot = name.lastIndexOf('.');
        String address = name.substring(0, dot) + '.' + file.hash() + name.substring(dot);
        byAddress.put(address, file);
        addresses.put(name, address);
        return file;
    }

    private String nameOf(String imported, String importer) {
        if (imported.startsWith(".")) {
            return URI.create(importer).resolve(imported).toString();
        }
        Library library = Library.of(imported)
                .orElseThrow(() -> new IllegalStateException(importer + " imports " + imported + ", which is unknown"));
        String name = FOLDER + library.path(imported);
        mains.put(imported, name);
        return name;
    }

    Optional<WebFile> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** The address of what has this plain name. */
    String address(String name) {
        String address = addresses.get(FOLDER + name);
        if (address == null) {
            throw new IllegalStateException("The page has no " + FOLDER + name);
        }
        return address;
    }

    /** Tells browsers which address each import means. */
    String importMap() {
        Map<String, String> imports = new TreeMap<>(addresses);
        mains.forEach((imported, name) -> imports.put(imported, addresses.get(name)));
        return Json.write(Map.of("imports", imports));
    }

    /** The addresses of modules and all that they need before they run. */
    Set<String> needed(List<String> modules) {
        Set<String> names = new LinkedHashSet<>();
        Deque<String> toSee = new ArrayDeque<>();
        modules.forEach(module -> toSee.add(FOLDER + module));
        while (!toSee.isEmpty()) {
            String name = toSee.pop();
            if (names.add(name)) {
                toSee.addAll(importedAtOnce.getOrDefault(name, List.of()));
            }
        }
        Set<String> needed = new LinkedHashSet<>();
        names.forEach(name -> needed.add(addresses.get(name)));
        return needed;
    }
}
