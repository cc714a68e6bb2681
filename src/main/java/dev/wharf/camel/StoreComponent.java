package dev.wharf.camel;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Brings S3 stores into routes. What it does is described in {@code src/docs/store-component.md}. */
@Component("store")
public class StoreComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var endpoint = new StoreEndpoint(uri, this, operation(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static StoreOperation operation(String name) {
        return Arrays.stream(StoreOperation.values())
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("store: has no operation \"" + name + "\"; there are "
                        + Arrays.stream(StoreOperation.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
