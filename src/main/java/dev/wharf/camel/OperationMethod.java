package dev.wharf.camel;

import dev.wharf.identity.Caller;
import dev.wharf.kernel.api.Answer;
import dev.wharf.kernel.api.IfMatch;
import dev.wharf.kernel.api.Operation;
import dev.wharf.kernel.api.Query;
import dev.wharf.kernel.api.RequestBody;
import dev.wharf.kernel.api.RequestHead;
import dev.wharf.kernel.http.contract.HttpOperation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Calls the method that is all there is to an {@link Operation}; what it returns becomes the body. */
final class OperationMethod implements Processor {
    private static final String EXECUTION_ID = "x-execution-id";

    /** What each conversation has, and in which variable. */
    private static final Map<Class<?>, String> VARIABLES =
            Map.of(Caller.class, "caller", Query.class, "query", RequestHead.class, "head", Answer.class, "answer");

    private final Object bean;
    private final Method method;
    private final List<Argument> arguments;

    /** Finds what a parameter is to be in a request. */
    private interface Argument {
        Object of(Exchange exchange) throws Exception;
    }

    /**
     * @throws IllegalStateException naming class and method, if a parameter is none that a request has, or nothing takes what the
     *     contract says is sent
     */
    OperationMethod(Object bean, Method method, HttpOperation operation) {
        this.bean = bean;
        this.method = method;
        this.arguments = Arrays.stream(method.getParameters())
                .map(parameter -> argument(parameter, operation))
                .toList();
        requireAllTaken(operation);
    }

    private Argument argument(Parameter parameter, HttpOperation operation) {
        Class<?> type = parameter.getType();
        String name = parameter.getName();
        String variable = VARIABLES.get(type);
        if (variable != null) {
            return exchange -> exchange.getVariable(variable);
        }
        if (type == IfMatch.class && operation.headers().contains(IfMatch.HEADER)) {
            return exchange -> exchange.getVariable("believed");
        }
        if (RequestBody.class.isAssignableFrom(type) && operation.body() == HttpOperation.Body.JSON) {
            return exchange -> exchange.getMessage().getMandatoryBody(type);
        }
        Boolean number = operation.pathParameters().get(name);
        if (number != null && type == (number ? long.class : String.class)) {
            return exchange -> exchange.getVariable(name);
        }
        if (name.equals("executionId")
                && type == String.class
                && operation.headers().contains(EXECUTION_ID)) {
            return exchange -> exchange.getMessage().getHeader(EXECUTION_ID, String.class);
        }
        throw new IllegalStateException(this + ": the parameter " + type.getSimpleName() + " " + name
                + " is nothing that a request for " + operation.id() + " has: of the path there is "
                + operation.pathParameters().keySet() + ", a whole number as long and a text as String");
    }

    private void requireAllTaken(HttpOperation operation) {
        Set<String> left = new TreeSet<>(operation.pathParameters().keySet());
        boolean body = operation.body() == HttpOperation.Body.JSON;
        for (Parameter parameter : method.getParameters()) {
            left.remove(parameter.getName());
            body &= !RequestBody.class.isAssignableFrom(parameter.getType());
        }
        if (body) {
            left.add("the body");
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException(this + " takes nothing of what " + operation.id() + " is sent: "
                    + String.join(", ", left) + "; add a parameter for it");
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Object[] values = new Object[arguments.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = arguments.get(index).of(exchange);
        }
        try {
            exchange.getMessage().setBody(method.invoke(bean, values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw e;
        }
    }

    boolean waitsForStores() {
        return method.getAnnotation(Operation.class).waitsForStores();
    }

    /** Class and method, for messages. */
    @Override
    public String toString() {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
