package dev.wharf.running;

import dev.wharf.datasets.Dataset;
import dev.wharf.datasets.DatasetTable;
import dev.wharf.identity.Caller;
import dev.wharf.jobs.JobGroupTable;
import dev.wharf.jobs.LineageTable;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.problem.Ids;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.store.S3Uri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a job's or a dataset's data comes from, and what was made of it: files, datasets, jobs, their results, and the
 * datasets and publications of those, as far as the caller may see them. What somebody may not see ends the way.
 */
public final class Lineage {
    /** Of a job's inputs and results so many are named. */
    private static final int NAMED = 20;

    private final LineageTable table;
    private final JobGroupTable groups;
    private final DatasetTable datasets;

    public Lineage(LineageTable table, JobGroupTable groups, DatasetTable datasets) {
        this.table = table;
        this.groups = groups;
        this.datasets = datasets;
    }

    /** @throws ProblemException 404 if the caller has no such job */
    @Operation("getJobGroupLineage")
    public Map<String, Object> ofJob(Caller caller, long id) {
        if (groups.group(caller, id).isEmpty()) {
            throw Ids.notFound("job group", id);
        }
        return new Walk(caller).from(new Step(true, id));
    }

    /** @throws ProblemException 404 if there is no dataset of that id which the caller may see; 410 if it was deleted */
    @Operation("getImportedDatasetLineage")
    public Map<String, Object> ofDataset(Caller caller, long id) {
        datasets.require(caller, id);
        return new Walk(caller).from(new Step(false, id));
    }

    /** A job or, where not, a dataset. */
    private record Step(boolean isJob, long id) {
        String name() {
            return isJob ? LineageGraph.job(id) : LineageGraph.dataset(id);
        }
    }

    /** From one thing to what it comes from, and then to what was made of it. */
    private final class Walk {
        private final Caller caller;
        private final LineageGraph graph = new LineageGraph();

        Walk(Caller caller) {
            this.caller = caller;
        }

        Map<String, Object> from(Step start) {
            show(start);
            follow(start, true);
            follow(start, false);
            return graph.view();
        }

        private void follow(Step start, boolean back) {
            Deque<Step> open = new ArrayDeque<>(List.of(start));
            while (!open.isEmpty()) {
                Step step = open.poll();
                for (Step next : back ? origins(step) : uses(step)) {
                    boolean known = graph.has(next.name());
                    if (!known && graph.isFull()) {
                        graph.cut();
                    } else if (known || show(next)) {
                        graph.connect(back ? next.name() : step.name(), back ? step.name() : next.name());
                        if (!known) {
                            open.add(next);
                        }
                    }
                }
            }
        }

        private List<Step> origins(Step step) {
            if (!step.isJob()) {
                return steps(true, table.writers(datasets.of(step.id())));
            }
            LineageTable.Links links = table.links(step.id());
            if (links.publishedFrom() != null) {
                return List.of(new Step(true, links.publishedFrom()));
            }
            return links.datasetId() == null ? List.of() : List.of(new Step(false, links.datasetId()));
        }

        private List<Step> uses(Step step) {
            if (!step.isJob()) {
                return steps(true, table.readers(step.id()));
            }
            return Stream.concat(
                            steps(true, table.publications(step.id())).stream(),
                            steps(false, table.datasets(caller, table.files(step.id()))).stream())
                    .toList();
        }

        private static List<Step> steps(boolean jobs, List<Long> ids) {
            return ids.stream().map(id -> new Step(jobs, id)).toList();
        }

        /** Shows it, if the caller may see it. */
        private boolean show(Step step) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("name", step.name());
            node.put("id", step.id());
            boolean visible = step.isJob() ? describeJob(step, node) : describeDataset(step, node);
            if (visible) {
                graph.add(step.name(), node);
            }
            return visible;
        }

        private boolean describeJob(Step step, Map<String, Object> node) {
            var found = groups.group(caller, step.id());
            found.ifPresent(group -> {
                node.put("type", "jobGroup");
                node.put("title", group.get("name"));
                node.put("status", group.get("status"));
                node.put("ranfor", group.get("ranfor"));
                node.put(
                        "reads",
                        table.reads(step.id()).stream()
                                .limit(NAMED)
                                .map(S3Uri::toString)
                                .toList());
                node.put(
                        "uris",
                        table.files(step.id()).stream()
                                .limit(NAMED)
                                .map(S3Uri::toString)
                                .toList());
            });
            return found.isPresent();
        }

        private boolean describeDataset(Step step, Map<String, Object> node) {
            var found = datasets.find(caller, step.id()).filter(dataset -> dataset.deletedAt() == null);
            found.ifPresent((Dataset dataset) -> {
                node.put("type", "importedDataset");
                node.put("title", dataset.name());
                node.put("uris", List.of(dataset.source().toString()));
                if (dataset.parameters() != null) {
                    node.put("dynamicPath", dataset.parameters().dynamicPath());
                    node.put("dynamicBucket", dataset.parameters().dynamicBucket());
                    node.put(
                            "runParameters", Map.of("data", dataset.parameters().runParameters()));
                }
            });
            return found.isPresent();
        }
    }
}
