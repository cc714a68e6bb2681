package dev.wharf.flows;

import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.View;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands in a flow.
 *
 * @param datasetId what a dataset or a recipe reads; null for a reference
 * @param recipeId of another flow, for which a reference stands; else null
 * @param name of a recipe; else null
 * @param deletedAt null while it is there
 */
record Node(
        long id,
        String uuid,
        long flowId,
        Kind kind,
        Long datasetId,
        Long recipeId,
        String name,
        String description,
        Stamp stamp,
        Instant deletedAt) {

    enum Kind {
        DATASET,
        RECIPE,
        REFERENCE
    }

    /**
     * As the API shows it among the nodes of its flow.
     *
     * @param named whether a recipe is shown with its name
     */
    Map<String, Object> view(boolean named) {
        Map<String, Object> view = new View("/v4/flows/" + flowId);
        view.put("id", id);
        view.put("uuid", uuid);
        view.put("wrangled", kind == Kind.RECIPE);
        view.put("flow", new Reference(flowId));
        view.put("importedDataset", datasetId == null ? null : new Reference(datasetId));
        view.put("recipe", kind == Kind.RECIPE ? recipe(named) : null);
        view.put("referencedFlowNode", recipeId == null ? null : new Reference(recipeId));
        stamp.addTo(view);
        return view;
    }

    private Object recipe(boolean named) {
        if (!named) {
            return new Reference(id);
        }
        Map<String, Object> recipe = new LinkedHashMap<>();
        recipe.put("id", id);
        recipe.put("name", name);
        recipe.put("description", description);
        return recipe;
    }

    /** As the API shows a recipe by itself, without what {@code embed} may add. */
    Map<String, Object> wrangledDataset() {
        Map<String, Object> view = new View("/v4/wrangledDatasets/" + id);
        view.put("id", id);
        view.put("uuid", uuid);
        view.put("wrangled", true);
        view.put("name", name);
        view.put("description", description);
        view.put("flow", new Reference(flowId));
        view.put("importedDataset", new Reference(datasetId));
        view.put("recipe", new Reference(id));
        view.put("referenceInfo", null);
        view.put("activeSample", null);
        stamp.addTo(view);
        return view;
    }

    Changed changed() {
        return stamp.changed(id);
    }
}
