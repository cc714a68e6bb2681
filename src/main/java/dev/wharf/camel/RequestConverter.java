package dev.wharf.camel;

import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.api.RequestBody;
import org.apache.camel.Exchange;
import org.apache.camel.support.TypeConverterSupport;

/** Reads what callers send as the {@link RequestBody} that a step asks for, whether it stands in a route or not. */
public final class RequestConverter extends TypeConverterSupport {
    /**
     * @throws dev.wharf.kernel.problem.ProblemException 400 with all that is wrong with the body
     */
    @Override
    public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
        if (!RequestBody.class.isAssignableFrom(type)) {
            return null; // another converter's
        }
        byte[] body = exchange.getContext().getTypeConverter().convertTo(byte[].class, exchange, value);
        return body == null ? null : Json.body(body, type);
    }
}
