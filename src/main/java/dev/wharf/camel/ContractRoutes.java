package dev.wharf.camel;

import dev.wharf.identity.people.Associations;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.http.CheckRequest;
import dev.wharf.kernel.http.contract.Contract;
import dev.wharf.kernel.http.contract.HttpOperation;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.model.Model;
import org.apache.camel.spi.DataFormat;

/**
 * The HTTP side of the service, made from {@code openapi.yaml}: one route {@code http-<operationId>} for each operation. It finds
 * out who is calling, checks the request, lets the operation's method or its route {@code direct:<operationId>} do the work, and
 * writes the answer.
 */
public final class ContractRoutes extends RouteBuilder {
    private final Contract contract;
    private Operations operations;

    public ContractRoutes(Contract contract) {
        this.contract = contract;
    }

    @Override
    public void configure() {
        CamelContext context = getContext();
        context.getTypeConverterRegistry().addFallbackTypeConverter(new RequestConverter(), false);
        operations = new Operations(contract.operations(), context.getRegistry().findByType(Object.class));
        var json = new JacksonDataFormat(Json.mapper(), Object.class);
        var associations = context.getRegistry().findSingleByType(Associations.class);
        for (HttpOperation operation : contract.operations()) {
            add(operation, json, associations);
        }
    }

    private void add(HttpOperation operation, DataFormat json, Associations associations) {
        var route = from(uri(operation))
                .routeId("http-" + operation.id())
                .routeDescription(operation.method() + " " + operation.path())
                .routeConfigurationId("problems")
                .process("conversation")
                .process(new CheckRequest(operation));
        OperationMethod method = operations.method(operation.id());
        if (method == null) {
            route.to("direct:" + operation.id());
        } else {
            if (method.waitsForStores()) {
                route.process("storeAdmission");
            }
            route.process(method);
        }
        route.process(new AnswerJson(operation, json, associations));
    }

    private static String uri(HttpOperation operation) {
        return "platform-http:" + operation.path() + "?httpMethodRestrict=" + operation.method()
                + "&exceptionHandler=#answerFailures"
                + switch (operation.body()) {
                    case NONE, MAYBE_JSON -> "";
                    // The door takes its type from the body of a DELETE: Camel would look for a form.
                    case JSON -> operation.method().equals("DELETE") ? "" : "&consumes=application/json";
                    case STREAM -> "&useBodyHandler=false";
                };
    }

    /**
     * To be called once all routes are read.
     *
     * @throws IllegalStateException if an operation of the contract has neither a method nor a route, or both
     */
    public void requireAll() {
        var model = getContext().getCamelContextExtension().getContextPlugin(Model.class);
        operations.requireRoutes(model.getRouteDefinitions().stream()
                .map(route -> route.getInput().getEndpointUri())
                .collect(Collectors.toSet()));
    }
}
