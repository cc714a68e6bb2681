package dev.wharf.flows;

import dev.wharf.engine.run.ResultFormat;
import dev.wharf.jobs.WriteSetting;
import dev.wharf.kernel.api.Changed;
import dev.wharf.kernel.api.Reference;
import java.util.List;
import java.util.Map;

/** One file that a recipe is to write. */
record SavedSetting(long id, String uuid, long outputId, long flowId, WriteSetting setting, Stamp stamp) {

    /** As the API shows it, so that it can be sent back. */
    Map<String, Object> view() {
        boolean csv = setting.format() == ResultFormat.CSV;
        Map<String, Object> view = new View("/v4/writeSettings/" + id);
        view.put("id", id);
        view.put("uuid", uuid);
        view.put("path", setting.path().toString());
        view.put("action", "create");
        view.put("format", setting.format().extension());
        view.put("compression", setting.compression().title());
        view.put("header", csv && setting.csv().header());
        view.put("asSingleFile", setting.singleFile());
        view.put("delim", csv ? String.valueOf(setting.csv().delimiter()) : null);
        view.put("hasQuotes", csv && setting.csv().quoteEveryField());
        view.put("includeMismatches", false);
        view.put("prefix", null);
        view.put("suffix", WriteSetting.SUFFIX);
        view.put("runParameters", Map.of("data", List.of()));
        view.put("connectionId", setting.path().connectionId());
        view.put("outputObjectId", outputId);
        view.put("outputObject", new Reference(outputId));
        stamp.addTo(view);
        return view;
    }

    Changed changed() {
        return stamp.changed(id);
    }
}
