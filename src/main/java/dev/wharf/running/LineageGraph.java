package dev.wharf.running;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jobs and datasets with what comes from what, as far as there is room. */
final class LineageGraph {
    /** So many are shown at most. */
    static final int MOST_NODES = 200;

    private final Map<String, Map<String, Object>> nodes = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private boolean truncated;

    /** What came first, and what was made of it. */
    record Edge(String from, String to) {}

    static String job(long id) {
        return "jobGroup/" + id;
    }

    static String dataset(long id) {
        return "importedDataset/" + id;
    }

    boolean has(String name) {
        return nodes.containsKey(name);
    }

    boolean isFull() {
        return nodes.size() >= MOST_NODES;
    }

    void add(String name, Map<String, Object> node) {
        nodes.put(name, node);
    }

    void connect(String from, String to) {
        edges.add(new Edge(from, to));
    }

    /** Says that there is more. */
    void cut() {
        truncated = true;
    }

    Map<String, Object> view() {
        List<Edge> shown = new ArrayList<>(edges);
        shown.removeIf(edge -> !has(edge.from()) || !has(edge.to()));
        return Map.of("nodes", List.copyOf(nodes.values()), "edges", shown, "truncated", truncated);
    }
}
