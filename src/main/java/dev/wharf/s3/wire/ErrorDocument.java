package dev.wharf.s3.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sts.model.StsRequest;

/**
 * Makes an error of any form one that the SDK understands. Stores, and what stands before them, also send JSON, a line of
 * text, or more than anybody reads; what they say there is worth as much as in S3's XML.
 */
final class ErrorDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A message in more than a line or two is a page for somebody else. */
    private static final int LONGEST_LINE = 500;

    private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]{1,100})</Code>");
    private static final Pattern XML_MESSAGE = Pattern.compile("<Message>([^<]{1,1000})");
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{1,99}");
    private static final List<String> CODES = List.of("Code", "code", "errorCode", "__type", "error");
    private static final List<String> MESSAGES =
            List.of("Message", "message", "error_description", "errorMessage", "detail", "error");

    private ErrorDocument() {}

    /**
     * The same as XML of the form that the service of this request sends; empty where nothing was said.
     *
     * @param whole whether this is all that was sent
     */
    static String legible(String text, boolean whole, SdkRequest request) {
        String stripped = text.strip();
        if (stripped.startsWith("<")) {
            return whole ? LegibleXml.legible(text) : cutOff(stripped, request);
        }
        if (stripped.startsWith("{")) {
            try {
                return json(JSON.readTree(stripped), request);
            } catch (JsonProcessingException e) {
                // A text, then.
            }
        }
        return stripped.isEmpty() || stripped.length() > LONGEST_LINE ? "" : document("", stripped, request);
    }

    private static String cutOff(String xml, SdkRequest request) {
        Matcher code = XML_CODE.matcher(xml);
        Matcher message = XML_MESSAGE.matcher(xml);
        String found = code.find() ? code.group(1) : "";
        return message.find()
                ? LegibleXml.legible(framed(found, message.group(1) + "…", request))
                : document(found, "", request);
    }

    private static String json(JsonNode json, SdkRequest request) {
        JsonNode inner = json.path("error").isObject() ? json.path("error") : json.path("Error");
        JsonNode error = inner.isObject() ? inner : json;
        String code = CODES.stream()
                .map(name -> error.path(name).asText())
                .filter(value -> CODE.matcher(value).matches())
                .findFirst()
                .orElse("");
        String message = MESSAGES.stream()
                .map(name -> error.path(name).asText())
                .filter(value -> !value.isBlank() && !value.equals(code))
                .findFirst()
                .orElse("");
        return document(code, message, request);
    }

    private static String document(String code, String message, SdkRequest request) {
        return LegibleXml.legible(framed(escaped(code), escaped(message), request));
    }

    private static String framed(String code, String message, SdkRequest request) {
        String error = "<Error>" + (code.isEmpty() ? "" : "<Code>" + code + "</Code>")
                + (message.isEmpty() ? "" : "<Message>" + message + "</Message>") + "</Error>";
        return request instanceof StsRequest ? "<ErrorResponse>" + error + "</ErrorResponse>" : error;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
