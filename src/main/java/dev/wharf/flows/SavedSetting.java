package dev.wharf.flows;

import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Reference;
import dev.wharf.kernel.api.View;
import java.util.Map;

/** One file that a recipe is to write. */
record SavedSetting(long id, String uuid, long outputId, long flowId, WriteSetting setting, Stamp stamp) {

    /** As the API shows it, so that it can be sent back. */
    Map<String, Object> view() {
        Map<String, Object> view = new View("/v4/writeSettings/" + id);
        view.put("id", id);
        view.put("uuid", uuid);
        setting.addTo(view);
        view.put("outputObjectId", outputId);
        view.put("outputObject", new Reference(outputId));
        stamp.addTo(view);
        return view;
    }

    Changed changed() {
        return stamp.changed(id);
    }
}
