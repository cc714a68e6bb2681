package dev.wharf.parameters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.AlsoTaken;
import java.util.List;

/**
 * A parameter of a path or of a bucket's name, in the v4 API's shape ({@code domain.md} §3.6): as it was sent, kept, and is
 * shown again. {@link ParameterisedPath} and {@link DestinationPath} check it.
 *
 * @param type {@code path} or {@code bucket}
 * @param overrideKey by which a run gives a variable or a selector its value
 * @param insertionIndices where it stands
 * @param value exactly one kind of value
 */
@JsonInclude(Include.NON_NULL)
@AlsoTaken(any = {"id"})
public record RunParameter(String type, String overrideKey, List<InsertionIndex> insertionIndices, Value value) {

    /**
     * @param index how many UTF-16 units of the path, without the texts of its parameters, are in front
     * @param order among parameters at the same index, the first one 0
     */
    public record InsertionIndex(Integer index, Integer order) {
        public InsertionIndex {
            order = order == null ? 0 : order;
        }
    }

    /**
     * @param dateRange of a path that is read
     * @param pattern of a path that is read
     * @param timestamp of a path to which results go
     */
    @JsonInclude(Include.NON_NULL)
    public record Value(
            Variable variable, Selector selector, DateRange dateRange, PatternValue pattern, Timestamp timestamp) {}

    /**
     * A moment, as it is written in a path to which results go: the run's reference date, or one before or after it.
     *
     * @param timezone in which it is written, as IANA names it; null is UTC
     * @param offset null for the reference date itself
     */
    @JsonInclude(Include.NON_NULL)
    public record Timestamp(String format, String timezone, Offset offset) {}

    /** @param amount how many units later; negative for earlier */
    public record Offset(String unit, Integer amount) {}

    /** @param value the default; of an environment parameter not looked at */
    public record Variable(String value) {}

    /** @param defaultOption one of the options */
    public record Selector(@JsonProperty("default") String defaultOption, List<String> options) {}

    /**
     * Dates within a window, seen from a run's reference date; exactly one of the windows is given.
     *
     * @param timezone of the dates, as IANA names it; null is UTC
     * @param isAfter a date, or a time with its offset, from which on all are taken
     * @param isBefore the same, before which all are taken; ours, as is {@code between}
     */
    @JsonInclude(Include.NON_NULL)
    public record DateRange(
            String timezone,
            List<String> formats,
            Exactly exactly,
            InTheLast inTheLast,
            Last last,
            JsonNode isAfter,
            BetweenAgo betweenAgo,
            JsonNode isBefore,
            Between between) {
        public DateRange {
            isAfter = given(isAfter);
            isBefore = given(isBefore);
        }
    }

    /** The one unit that was current so many units ago; 0 is the current one. */
    public record Exactly(String unit, Integer amount) {}

    /** So many units, of which the current one is the last. */
    public record InTheLast(String unit, Integer number) {}

    /**
     * The unit before the current one.
     *
     * @param startDayOfWeek of weeks; Monday where it is missing
     */
    @JsonInclude(Include.NON_NULL)
    public record Last(String unit, String startDayOfWeek) {}

    /** The units from one to the other, both included. */
    public record BetweenAgo(String unit, Integer from, Integer to) {}

    /**
     * @param from a date, or a time with its offset
     * @param to a date, which is included, or the first time that is not
     */
    public record Between(String from, String to) {}

    /** @param wildcard an empty object: any text within one level of folders */
    @JsonInclude(Include.NON_NULL)
    public record PatternValue(JsonNode wildcard, Text regex, Text trifactaPattern, Text string) {
        public PatternValue {
            wildcard = given(wildcard);
        }
    }

    public record Text(String value) {}

    private static JsonNode given(JsonNode value) {
        return value == null || value.isNull() ? null : value;
    }
}
