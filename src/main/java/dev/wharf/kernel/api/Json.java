package dev.wharf.kernel.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How JSON is read and written everywhere: strict in types. What callers send is strict in its fields as well; what is kept
 * or comes as a message may have fields of another version.
 */
public final class Json {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final ObjectMapper MAPPER = mapper();
    private static final Pattern UNEXPECTED = Pattern.compile(
            "Unexpected character \\((?<character>'.'|CTRL-CHAR)|Duplicate field '(?<name>.*)'", Pattern.DOTALL);

    private Json() {}

    /** Times are ISO 8601 in UTC with milliseconds, as in the v4 API ({@code domain.md} §3.1). */
    public static ObjectMapper mapper() {
        var module = new SimpleModule("wharf");
        module.addSerializer(Instant.class, new ToStringSerializerBase(Instant.class) {
            @Override
            public String valueToString(Object value) {
                return INSTANT.format((Instant) value);
            }
        });
        return JsonMapper.builder()
                .addModule(module)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(com.fasterxml.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .withCoercionConfigDefaults(each -> {
                    for (var shape : List.of(
                            CoercionInputShape.EmptyString,
                            CoercionInputShape.Boolean,
                            CoercionInputShape.Integer,
                            CoercionInputShape.Float)) {
                        each.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .build();
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a document.
     *
     * @throws ProblemException 400, with the line and column or the field
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return present(MAPPER.readValue(json, type));
        } catch (JsonProcessingException e) {
            throw problem(e);
        }
    }

    /**
     * Reads what a caller has sent, which may hold nothing that is not known ({@link BodyReader}).
     *
     * @throws ProblemException 400 with all that is wrong
     */
    public static <T> T body(JsonNode document, Class<T> type) {
        try {
            return present(type.cast(new BodyReader(MAPPER, MAPPER.constructType(type)).read(document)));
        } catch (JsonProcessingException e) {
            throw problem(e);
        }
    }

    /** The same of what has arrived. */
    public static <T> T body(byte[] document, Class<T> type) {
        try {
            return body(MAPPER.readTree(document), type);
        } catch (JsonProcessingException e) {
            throw problem(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document to be filled. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Whether a field of a body says no, in one of the ways in which clients do: null, false also in quotes, or empty. */
    public static boolean asksForNothing(JsonNode value) {
        return BodyReader.asksForNothing(value);
    }

    /**
     * What was read, unless it was {@code null}, which is valid JSON and never what is asked for.
     *
     * @throws ProblemException 400
     */
    private static <T> T present(T body) {
        if (body == null) {
            throw new ProblemException(Problem.VALIDATION_FAILED, "The body must be a JSON object, not null");
        }
        return body;
    }

    /** What a caller has to know of a document that could not be read. */
    public static ProblemException problem(JsonProcessingException failure) {
        if (failure instanceof ValueInstantiationException && failure.getCause() instanceof ProblemException problem) {
            return problem;
        }
        if (failure instanceof JsonMappingException mapping) {
            String field = field(mapping);
            return new ProblemException(
                    Problem.VALIDATION_FAILED,
                    field.isEmpty() ? "The body must be a JSON object" : field + " must be " + expected(mapping),
                    null);
        }
        var location = failure.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new ProblemException(
                Problem.MALFORMED_JSON, "The body is not valid JSON" + where + ": " + reason(failure));
    }

    /** In our words: the parser's tell of its classes and settings. */
    private static String reason(JsonProcessingException failure) {
        if (failure instanceof JsonEOFException) {
            return "it ends before it is whole";
        }
        if (failure instanceof StreamConstraintsException) {
            return "it is nested too deeply, or a number or a name in it is too long";
        }
        Matcher known = UNEXPECTED.matcher(failure.getOriginalMessage());
        if (!known.find()) {
            return "what stands there is no JSON";
        }
        return known.group("name") == null
                ? "the character " + known.group("character") + " is not expected there"
                : "the field " + known.group("name") + " is there twice";
    }

    private static String field(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(Json::step)
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() != null ? reference.getFieldName() : "[" + reference.getIndex() + "]";
    }

    private static String expected(JsonMappingException failure) {
        if (failure.getCause() instanceof InputCoercionException tooLarge) {
            return tooLarge.getTargetType() == int.class
                    ? "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE
                    : "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
        }
        return expected(failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null);
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        return Iterable.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
    }
}
