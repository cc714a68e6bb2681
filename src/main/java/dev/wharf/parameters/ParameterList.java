package dev.wharf.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wharf.kernel.api.Json;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of one path, or of a path and a bucket, while they are checked: what each puts where. */
final class ParameterList {
    private static final int MAX_PARAMETERS = 50;
    private static final int MAX_KEY = 255;
    /** The width of the columns. */
    private static final int MAX_KEPT = 400_000;

    /** What a body holds of parameters; the wrapping lets faults name the field from its beginning. */
    private record Sent(List<RunParameter> runParameters) {}

    /** What stands in the place of a parameter, by where it is used. */
    interface Maker {
        Filling of(String field, RunParameter parameter);
    }

    private final Map<String, ReducedText> texts;
    private final Maker fillings;
    private final Map<String, Filling> settable = new LinkedHashMap<>();

    /** @param texts into which parameters are put, by the types that are put there */
    ParameterList(Map<String, ReducedText> texts, Maker fillings) {
        this.texts = texts;
        this.fillings = fillings;
    }

    /**
     * Reads what a caller has sent.
     *
     * @param sent an array, or as it is shown: {@code {"data": […]}}
     * @return none where nothing was sent
     * @throws ProblemException 400 naming what is no parameter
     */
    static List<RunParameter> read(JsonNode sent) {
        boolean wrapped = sent != null && sent.size() == 1 && sent.has("data");
        JsonNode array = wrapped ? sent.get("data") : sent;
        if (array == null || array.isNull() || array.isContainerNode() && array.isEmpty()) {
            return List.of();
        }
        return Json.body(Json.object().set("runParameters", array), Sent.class).runParameters();
    }

    /**
     * @throws ProblemException 400 if it is too long to be kept
     */
    static void requireKeepable(String kept) {
        if (kept.length() > MAX_KEPT) {
            throw ProblemException.invalid("runParameters", "are more than " + MAX_KEPT + " characters of JSON");
        }
    }

    /**
     * @throws ProblemException 400 if there are too many
     */
    void addAll(List<RunParameter> parameters, Faults faults) {
        if (parameters.size() > MAX_PARAMETERS) {
            throw ProblemException.invalid("runParameters", "must be at most " + MAX_PARAMETERS);
        }
        for (int i = 0; i < parameters.size(); i++) {
            add("runParameters[" + i + "]", parameters.get(i), faults);
        }
    }

    private void add(String field, RunParameter parameter, Faults faults) {
        if (parameter == null) {
            faults.add(field + " must be an object");
            return;
        }
        ReducedText text = texts.get(parameter.type());
        if (text == null) {
            faults.add(field + ".type must be " + String.join(" or ", texts.keySet()) + ", and is "
                    + (parameter.type() == null ? "missing" : "\"" + parameter.type() + "\"")
                    + ": hosts, users and queries are no part of an address in S3"
                    + (texts.containsKey("bucket") ? "" : ", and results go to the bucket that their path names"));
        }
        Filling filling = faults.get(() -> fillings.of(field, parameter));
        faults.check(() -> requireKey(field, parameter, filling));
        if (text != null) {
            faults.check(() -> text.insert(field, parameter.insertionIndices(), filling));
        }
    }

    private void requireKey(String field, RunParameter parameter, Filling filling) {
        String key = parameter.overrideKey();
        boolean isNamed = parameter.value() != null
                && (parameter.value().variable() != null || parameter.value().selector() != null);
        if (key == null && !isNamed) {
            return;
        }
        if (key == null || key.isBlank() || key.length() > MAX_KEY) {
            throw ProblemException.invalid(
                    field + ".overrideKey", "must have 1 to " + MAX_KEY + " characters: runs name the parameter by it");
        }
        if (settable.containsKey(key)) {
            throw ProblemException.invalid(
                    field + ".overrideKey",
                    "is \"" + key + "\", as that of another parameter: one parameter may stand in several places, by"
                            + " several insertionIndices");
        }
        settable.put(key, filling);
    }

    /** What a run may name, by its override key. */
    Map<String, Filling> settable() {
        return settable;
    }
}
