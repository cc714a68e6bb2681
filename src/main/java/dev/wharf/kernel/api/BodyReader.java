package dev.wharf.kernel.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wharf.kernel.problem.Faults;
import dev.wharf.kernel.problem.Problem;
import dev.wharf.kernel.problem.ProblemException;
import dev.wharf.kernel.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Reads one body that a caller has sent into the record that checks it. Every field is known, or refused by its name with
 * the one that may have been meant; ids may be quoted, as those in other documents of the v4 API are, and nothing else; and all
 * faults are told together.
 */
final class BodyReader {
    private static final int MAX_NAME = 100;
    /** A field that holds an id. */
    private static final Pattern ID = Pattern.compile("(?:\\bid|Id)$");

    /** To find out what a record takes is slow, and a body may hold thousands of one kind. */
    private static final Map<Class<?>, Map<String, BeanPropertyDefinition>> KNOWN = new ConcurrentHashMap<>();

    private final ObjectMapper mapper;
    private final JavaType type;
    private final Faults faults = new Faults();
    /** Fields that are left out of what is read, since something is wrong with them. */
    private final List<String> faulty = new ArrayList<>();

    BodyReader(ObjectMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
    }

    /**
     * @throws ProblemException 400 with all that is wrong
     */
    Object read(JsonNode body) throws JsonProcessingException {
        JsonNode sound = sound(body, type, "");
        Object value = null;
        if (sound != null) {
            try {
                value = mapper.treeToValue(sound, type);
            } catch (JsonProcessingException e) {
                ProblemException problem = Json.problem(e);
                if (faulty.isEmpty() && problem.problem() != Problem.VALIDATION_FAILED) {
                    throw e;
                }
                addUnlessItFollows(problem.detail());
            }
        }
        faults.refuse();
        return value;
    }

    /** That a field is missing, or the body as a whole has none, says nothing where one was left out for another fault. */
    private void addUnlessItFollows(String fault) {
        if (fault.startsWith("The body ") && !faulty.isEmpty()) {
            return;
        }
        String field = fault.contains(" ") ? fault.substring(0, fault.indexOf(' ')) : fault;
        if (faulty.stream().noneMatch(known -> known.startsWith(field) || field.startsWith(known))) {
            faults.add(fault);
        }
    }

    /** What is to be read of a value; null where that is nothing, because it is faulty. */
    private JsonNode sound(JsonNode value, JavaType wanted, String path) {
        Class<?> raw = wanted.getRawClass();
        if (value.isNull() || JsonNode.class.isAssignableFrom(raw)) {
            return value;
        }
        if (raw == String.class) {
            return value.isTextual() ? value : refuse(path, "must be a string");
        }
        if (raw == Boolean.class || raw == boolean.class) {
            return flag(value, path);
        }
        if (raw == Long.class || raw == long.class || raw == Integer.class || raw == int.class) {
            return number(value, path);
        }
        if (wanted.isCollectionLikeType() || wanted.isArrayType()) {
            return value.isArray()
                    ? elements((ArrayNode) value, wanted.getContentType(), path)
                    : refuse(path, "must be an array");
        }
        if (wanted.isMapLikeType()) {
            return value.isObject() ? entries((ObjectNode) value, wanted, path) : refuse(path, "must be an object");
        }
        Map<String, BeanPropertyDefinition> properties = properties(wanted);
        if (properties.isEmpty()) {
            return value; // it reads itself
        }
        return value.isObject()
                ? fields((ObjectNode) value, wanted, properties, path)
                : refuse(path, "must be an object");
    }

    private JsonNode flag(JsonNode value, String path) {
        return value.isBoolean() ? value : refuse(path, "must be true or false" + notQuoted(value));
    }

    private JsonNode number(JsonNode value, String path) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value;
        }
        return value.isTextual() && ID.matcher(path).find() && value.textValue().matches("-?\\d{1,18}")
                ? LongNode.valueOf(Long.parseLong(value.textValue()))
                : refuse(path, "must be a whole number" + notQuoted(value));
    }

    private static String notQuoted(JsonNode value) {
        return value.isTextual() ? ", and is sent as a string" : "";
    }

    private JsonNode elements(ArrayNode array, JavaType wanted, String path) {
        ArrayNode sound = mapper.createArrayNode();
        for (int index = 0; index < array.size(); index++) {
            String place = path + "[" + index + "]";
            JsonNode given = array.get(index);
            JsonNode element = given.isNull() && wanted.getRawClass() != JsonNode.class
                    ? refuse(place, "is null: leave it out")
                    : sound(given, wanted, place);
            if (element != null) {
                sound.add(element);
            }
        }
        return sound;
    }

    private JsonNode entries(ObjectNode object, JavaType wanted, String path) {
        ObjectNode sound = mapper.createObjectNode();
        object.properties()
                .forEach(entry -> put(
                        sound, entry.getKey(), entry.getValue(), wanted.getContentType(), below(path, entry.getKey())));
        return sound;
    }

    private void put(ObjectNode target, String name, JsonNode value, JavaType wanted, String path) {
        JsonNode sound = sound(value, wanted, path);
        if (sound != null) {
            target.set(name, sound);
        }
    }

    private JsonNode fields(
            ObjectNode object, JavaType wanted, Map<String, BeanPropertyDefinition> properties, String path) {
        AlsoTaken also = wanted.getRawClass().getAnnotation(AlsoTaken.class);
        ObjectNode sound = mapper.createObjectNode();
        Map<String, String> given = new HashMap<>();
        object.properties().forEach(entry -> {
            String name = entry.getKey();
            String place = below(path, name);
            BeanPropertyDefinition property = properties.get(name);
            if (property == null) {
                refuseUnknown(name, entry.getValue(), also, properties.keySet(), place);
                return;
            }
            String before = given.putIfAbsent(property.getName(), name);
            if (before != null) {
                faults.add(place + " is given twice, as " + before + " and as " + name);
            } else {
                put(sound, property.getName(), entry.getValue(), type(property), place);
            }
        });
        return path.isEmpty() || isRead(sound, wanted, path) ? sound : null;
    }

    private void refuseUnknown(String name, JsonNode value, AlsoTaken also, Set<String> known, String place) {
        if (also != null && List.of(also.any()).contains(name)) {
            return;
        }
        if (also != null && List.of(also.empty()).contains(name)) {
            if (!asksForNothing(value)) {
                faults.add(place + " is not supported: leave it out");
            }
            return;
        }
        faults.add(() -> unknown(name, known, place));
    }

    private String unknown(String name, Set<String> known, String place) {
        Set<String> elsewhere = new TreeSet<>();
        find(name, type, "", elsewhere);
        String shown = place.length() > MAX_NAME ? place.substring(0, MAX_NAME) + "…" : place;
        return shown + " is not known here"
                + (elsewhere.isEmpty()
                        ? Suggestion.instead(name, known)
                        : "; did you mean " + String.join(" or ", elsewhere) + "?");
    }

    /** The places in the whole body where a field of this name is known. */
    private void find(String name, JavaType in, String path, Set<String> places) {
        if (in.isCollectionLikeType()) {
            find(name, in.getContentType(), path + "[0]", places);
            return;
        }
        properties(in).forEach((known, property) -> {
            if (known.equals(name)) {
                places.add(below(path, name));
            } else if (property.getName().equals(known)) {
                find(name, type(property), below(path, known), places);
            }
        });
    }

    /** Whether a part of the body keeps the rules of its record; what it breaks is noted. */
    private boolean isRead(JsonNode sound, JavaType wanted, String path) {
        try {
            mapper.treeToValue(sound, wanted);
            return true;
        } catch (JsonProcessingException e) {
            String fault = Json.problem(e).detail();
            if (e instanceof MismatchedInputException) {
                fault = path + "." + fault;
            } else if (path.endsWith("]")) {
                fault += " (" + path + ")";
            }
            addUnlessItFollows(fault);
            faulty.add(path);
            return false;
        }
    }

    private JsonNode refuse(String path, String rule) {
        faults.add(path.isEmpty() ? "The body must be a JSON object" : path + " " + rule);
        faulty.add(path);
        return null;
    }

    /** Whether a value says no, in one of the ways in which clients do: {@code null}, {@code "False"}, {@code []}. */
    static boolean asksForNothing(JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode part : value) {
                if (!asksForNothing(part)) {
                    return false;
                }
            }
            return true;
        }
        return value.isNull()
                || value.isBoolean() && !value.booleanValue()
                || value.isTextual()
                        && (value.textValue().isEmpty() || value.textValue().equalsIgnoreCase("false"));
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static JavaType type(BeanPropertyDefinition property) {
        return property.getConstructorParameter().getType();
    }

    /** The fields of a record of ours by all their names; none for what is no such record, or reads itself. */
    private Map<String, BeanPropertyDefinition> properties(JavaType wanted) {
        return KNOWN.computeIfAbsent(wanted.getRawClass(), record -> {
            Map<String, BeanPropertyDefinition> properties = new LinkedHashMap<>();
            if (record.isRecord()) {
                BeanDescription description = mapper.getDeserializationConfig().introspect(wanted);
                for (BeanPropertyDefinition property : description.findProperties()) {
                    if (property.hasConstructorParameter()) {
                        properties.put(property.getName(), property);
                        property.findAliases().forEach(alias -> properties.put(alias.getSimpleName(), property));
                    }
                }
            }
            return properties;
        });
    }
}
