package dev.wharf.flows;

import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.View;
import java.util.Map;

/**
 * What a recipe writes where a job does not say otherwise.
 *
 * @param adhoc whether it is for jobs that somebody starts, or for those of schedules
 * @param profiler whether a profile was asked for, of which none is made
 */
record Output(
        long id,
        String uuid,
        long recipeId,
        long flowId,
        boolean adhoc,
        boolean profiler,
        String name,
        String description,
        Stamp stamp) {

    /** As the API shows it, without what {@code embed} may add. */
    Map<String, Object> view() {
        Map<String, Object> view = new View("/v4/outputObjects/" + id);
        view.put("id", id);
        view.put("uuid", uuid);
        view.put("execution", OutputRequest.EXECUTION);
        view.put("profiler", profiler);
        view.put("ignoreRecipeErrors", false);
        view.put("isAdhoc", adhoc);
        view.put("flowNodeId", recipeId);
        view.put("flowNode", new Reference(recipeId));
        view.put("name", name);
        view.put("description", description);
        stamp.addTo(view);
        return view;
    }

    Changed changed() {
        return stamp.changed(id);
    }
}
