package dev.wharf.parameters.environment;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.sql.Database;
import dev.wharf.parameters.EnvironmentName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What administrators have said of a workspace's environment parameters, for whoever resolves a path. */
public final class EnvironmentValues {
    private final Database database;

    public EnvironmentValues(Database database) {
        this.database = database;
    }

    /**
     * @param keys override keys of parameters, of any kind
     * @return the values of those that are environment parameters, as far as they have one
     */
    public Map<String, String> of(Caller caller, Set<String> keys) {
        List<String> names = keys.stream().filter(EnvironmentName::isOne).toList();
        Map<String, String> values = new HashMap<>();
        if (!names.isEmpty()) {
            database.sql("parameters/values")
                    .param("workspace", caller.workspaceId())
                    .param("names", names)
                    .query(row -> {
                        values.put(row.getString("override_key"), row.getString("variable_value"));
                    });
        }
        return values;
    }
}
