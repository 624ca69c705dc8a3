package dev.oriel.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a schema can be that of a tool's input. One that the model's API refuses would fail
/// every turn of its session, so it is refused before.
///
/// The first check of a program takes a while: the library is loaded. Any thread.
public final class ToolSchemaCheck {
    private static final List<String> NOT_AT_THE_TOP = List.of("oneOf", "anyOf", "allOf");
    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private ToolSchemaCheck() {}

    /// @return what is wrong, as a sentence for who wrote it; empty if nothing is
    public static Optional<String> problem(ObjectNode schema) {
        for (String word : NOT_AT_THE_TOP) {
            if (schema.has(word)) {
                return Optional.of(word + " cannot stand at the top of a tool's parameters");
            }
        }
        for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
            if (!PROPERTY.matcher(each.getKey()).matches()) {
                return Optional.of("a parameter's name must be 1 to 64 letters, digits, _, . or -");
            }
        }
        if (leadsOutside(schema)) {
            return Optional.of("a $ref must point into the schema itself");
        }
        SchemaValidator schemas = new SchemaValidator();
        Map<String, Object> given = SchemaValidator.map(schema);
        var checked = schemas.validateSchema(given);
        Optional<String> why =
                checked.valid() ? schemas.unusable(given) : Optional.of(checked.errorMessage());
        return why.map(w -> "the parameters are no JSON Schema: " + brief(w));
    }

    /// Nothing is fetched because a client says so.
    private static boolean leadsOutside(JsonNode node) {
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            boolean reference = each.getKey().equals("$ref") || each.getKey().equals("$dynamicRef");
            if (reference && each.getValue().isTextual()) {
                if (!each.getValue().textValue().startsWith("#")) {
                    return true;
                }
            }
        }
        for (JsonNode each : node) {
            if (each.isContainerNode() && leadsOutside(each)) {
                return true;
            }
        }
        return false;
    }

    private static String brief(String why) {
        String told = why.replaceFirst("^.*?\\(SEP-\\d+\\): ", "");
        return told.length() <= 300 ? told : told.substring(0, 300) + "…";
    }
}
