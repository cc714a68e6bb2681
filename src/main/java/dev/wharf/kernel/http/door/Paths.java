package dev.wharf.kernel.http.door;

import io.vertx.ext.web.RoutingContext;

/** Clients of the v4 API write paths in more than one way: a trailing slash, {@code jobgroups} in lower case. */
public final class Paths {
    private Paths() {}

    public static void normalise(RoutingContext context) {
        String path = context.normalizedPath();
        String normal = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (normal.equals("/v4/jobgroups") || normal.startsWith("/v4/jobgroups/")) {
            normal = "/v4/jobGroups" + normal.substring("/v4/jobgroups".length());
        }
        if (normal.equals(path)) {
            context.next();
        } else {
            String query = context.request().query();
            context.reroute(query == null ? normal : normal + "?" + query);
        }
    }
}
