package dev.oriel.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Checks whether a JSON Schema can describe a tool's input. A schema that the model's API rejects
/// would make every turn of the session fail, so it is rejected when a client defines the tool.
///
/// The first check in a process is slow, because it loads the library. Thread-safe.
public final class ToolSchemaCheck {
    private static final List<String> DISALLOWED_AT_TOP_LEVEL = List.of("oneOf", "anyOf", "allOf");
    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private ToolSchemaCheck() {}

    /// @return the problem, as a sentence for the schema's author; empty if the schema is valid
    public static Optional<String> problem(ObjectNode schema) {
        for (String word : DISALLOWED_AT_TOP_LEVEL) {
            if (schema.has(word)) {
                return Optional.of(
                        word + " is not allowed at the top level of a tool's parameters");
            }
        }
        for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
            if (!PROPERTY.matcher(each.getKey()).matches()) {
                return Optional.of("a parameter's name must be 1 to 64 letters, digits, _, . or -");
            }
        }
        if (hasExternalReference(schema)) {
            return Optional.of("a $ref must point into the schema itself");
        }
        SchemaValidator schemas = new SchemaValidator();
        Map<String, Object> map = SchemaValidator.map(schema);
        var response = schemas.validateSchema(map);
        Optional<String> error =
                response.valid() ? schemas.unusable(map) : Optional.of(response.errorMessage());
        return error.map(e -> "the parameters are no JSON Schema: " + shorten(e));
    }

    /// External references are rejected so that a client cannot make the server fetch a URL.
    private static boolean hasExternalReference(JsonNode node) {
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            boolean reference = each.getKey().equals("$ref") || each.getKey().equals("$dynamicRef");
            if (reference && each.getValue().isTextual()) {
                if (!each.getValue().textValue().startsWith("#")) {
                    return true;
                }
            }
        }
        for (JsonNode each : node) {
            if (each.isContainerNode() && hasExternalReference(each)) {
                return true;
            }
        }
        return false;
    }

    private static String shorten(String error) {
        String text = error.replaceFirst("^.*?\\(SEP-\\d+\\): ", "");
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
