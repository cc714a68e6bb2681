package dev.wharf.testing;

import dev.wharf.camel.RequestConverter;
import dev.wharf.kernel.PollFailure;
import dev.wharf.kernel.http.ProblemResponder;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.DefaultConfigurationConfigurer;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;

/**
 * Routes by themselves, without a service around them: files of {@code routes/} or some text, with the configurations of
 * {@code routes/problems.camel.yaml}. What stands outside is bound in {@link #bindOutside}, as fakes. Routes begin at
 * {@code direct:}, and what the conversation tells them, such as the variable {@code caller}, comes with the exchange.
 */
public abstract class RouteTest extends CamelTestSupport {
    private final List<String> files;

    /** The routes of each {@code routes/<file>.camel.yaml}, of {@link #yaml}, and what a test adds. */
    protected RouteTest(String... files) {
        this.files = List.of(files);
    }

    /** Routes that stand in no file, as YAML. */
    protected String yaml() {
        return null;
    }

    /** Binds what the routes name. */
    protected void bindOutside(Registry registry) throws Exception {}

    @Override
    protected final void bindToRegistry(Registry registry) throws Exception {
        Processor nothing = exchange -> {};
        registry.bind("conversation", Processor.class, nothing);
        registry.bind("problemResponder", new ProblemResponder());
        registry.bind("pollFailure", new PollFailure());
        bindOutside(registry);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.setStreamCaching(false);
        context.getTypeConverterRegistry().addFallbackTypeConverter(new RequestConverter(), false);
        return context;
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withShutdownTimeout(
                1); // seconds, for a step that hangs; what is set at the context itself is overwritten
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() throws Exception {
        // As the service's main does: takes converters and checks from the registry.
        DefaultConfigurationConfigurer.afterConfigure(context);
        var all = new ArrayList<Resource>();
        all.add(inRoutes("problems"));
        files.forEach(file -> all.add(inRoutes(file)));
        if (yaml() != null) {
            all.add(ResourceHelper.fromString("test.camel.yaml", yaml()));
        }
        return PluginHelper.getRoutesLoader(context).findRoutesBuilders(all).toArray(RoutesBuilder[]::new);
    }

    private Resource inRoutes(String name) {
        return PluginHelper.getResourceLoader(context).resolveResource("file:routes/" + name + ".camel.yaml");
    }
}
