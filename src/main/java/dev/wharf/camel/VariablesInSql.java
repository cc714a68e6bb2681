package dev.wharf.camel;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlConstants;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.spi.EndpointStrategy;

/**
 * Lets every {@code sql:} endpoint bind exchange variables and nothing else: {@code :#${variable.x}}. By a bare name
 * ({@code :#x}) Camel looks into the body and the headers first, which callers fill; and a variable that is not there it
 * binds as NULL, so that an update finds no row and nobody hears of it.
 */
public final class VariablesInSql extends DefaultSqlPrepareStatementStrategy implements EndpointStrategy {
    /** Camel has made {@code ?} of {@code #} by then. A part of PostgreSQL's {@code a::text} is none. */
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):\\?(?:in:)?(\\$\\{[^}]*}|[$\\w]+)");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable\\.(\\w+)[^}]*}");

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof SqlEndpoint sql && sql.getPrepareStatementStrategy() == null) {
            sql.setPrepareStatementStrategy(this);
        }
        return endpoint;
    }

    /**
     * @throws IllegalStateException if the statement came with the message, or has another parameter than a variable
     */
    @Override
    public String prepareQuery(String query, boolean allowNamedParameters, Exchange exchange) throws SQLException {
        if (exchange != null && exchange.getMessage().getHeader(SqlConstants.SQL_QUERY) != null) {
            throw new IllegalStateException(
                    "The header " + SqlConstants.SQL_QUERY + " is not taken: statements stand in sql/");
        }
        for (Matcher parameter = PARAMETER.matcher(query); parameter.find(); ) {
            String name = variable(parameter.group(1), query);
            if (exchange != null && exchange.getVariable(name) == null) {
                throw new IllegalStateException(
                        "The variable " + name + " is not set, which is a parameter of: " + query);
            }
        }
        if (PARAMETER.matcher(query).replaceAll("").indexOf('?') >= 0) {
            throw new IllegalStateException(
                    "A # or ? alone would be taken from the body: write :#${variable.x} in: " + query);
        }
        return super.prepareQuery(query, allowNamedParameters, exchange);
    }

    private static String variable(String parameter, String query) {
        Matcher variable = VARIABLE.matcher(parameter);
        if (!variable.matches()) {
            throw new IllegalStateException(
                    "The parameter " + parameter + " is no variable: write :#${variable.x} in: " + query);
        }
        return variable.group(1);
    }
}
