package dev.wharf.flows;

import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Embedded;
import dev.wharf.kernel.api.Query;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How the API shows outputs, with what {@code embed} asks for. */
final class OutputViews {
    private static final String SETTINGS = "writeSettings";
    private static final String PUBLICATIONS = "publications";

    private final OutputTable outputs;
    private final SettingTable settings;

    OutputViews(OutputTable outputs, SettingTable settings) {
        this.outputs = outputs;
        this.settings = settings;
    }

    static Embedded embedded(Query query) {
        return Embedded.of(query, Associations.with(SETTINGS, PUBLICATIONS));
    }

    List<Map<String, Object>> of(List<Output> shown, Embedded embedded) {
        List<Map<String, Object>> views = shown.stream().map(Output::view).toList();
        if (embedded.has(SETTINGS)) {
            Map<Long, List<SavedSetting>> saved = settings
                    .of(shown.stream().map(Output::id).toList())
                    .stream()
                    .collect(Collectors.groupingBy(SavedSetting::outputId));
            views.forEach(view -> put(
                    view,
                    SETTINGS,
                    embedded,
                    saved.getOrDefault(view.get("id"), List.of()).stream()
                            .map(SavedSetting::view)
                            .toList()));
        }
        if (embedded.has(PUBLICATIONS)) {
            views.forEach(view -> put(view, PUBLICATIONS, embedded, List.of())); // of tables, which nothing writes
        }
        return views;
    }

    /** Adds what a recipe writes to how the recipe is shown. */
    void addTo(Map<String, Object> recipe, String association, Embedded embedded) {
        put(recipe, association, embedded, of(outputs.of(List.of((Long) recipe.get("id"))), Embedded.nothing()));
    }

    private static void put(Map<String, Object> view, String association, Embedded embedded, List<?> objects) {
        view.put(association, Map.of("data", embedded.show(association, objects)));
    }
}
