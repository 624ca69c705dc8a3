package dev.oriel.agent.api.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Validates the input of a tool call with the tool's schema. Fills in defaults, and accepts
/// numbers and booleans that are written as strings, as models do. The texts of faults are those of
/// CLI 2.1.332. Pure.
///
/// Understands the part of JSON Schema that the built-in tools use: `type`, `properties`,
/// `required`, `additionalProperties`, `items`, `enum`, `minItems`, `maxItems`, `minLength`,
/// `minimum`, `exclusiveMinimum`, `maximum`, `default`. Tools of MCP servers are validated by their
/// servers.
public final class InputCheck {
    private static final int MAX_FAULTS = 20;
    private static final int MAX_NAME = 200;
    private final List<String> faults = new ArrayList<>();

    private InputCheck() {}

    /// The result of the validation: an input with its defaults, or what is wrong with it.
    public sealed interface Result {
        record Valid(ObjectNode input) implements Result {}

        /// @param text for the model, without `<tool_use_error>`
        record Invalid(String text) implements Result {}
    }

    public static Result check(String tool, ObjectNode schema, ObjectNode input) {
        InputCheck check = new InputCheck();
        ObjectNode copy = input.deepCopy();
        check.object(schema, copy, "");
        if (check.faults.isEmpty()) {
            return new Result.Valid(copy);
        }
        String issues = check.faults.size() == 1 ? "issue" : "issues";
        return new Result.Invalid(
                "InputValidationError: "
                        + tool
                        + " failed due to the following "
                        + issues
                        + ":\n"
                        + String.join("\n", check.faults));
    }

    private void object(JsonNode schema, ObjectNode value, String path) {
        JsonNode properties = schema.path("properties");
        for (JsonNode required : schema.path("required")) {
            String name = required.asText();
            if (value.path(name).isMissingNode() && properties.path(name).has("default")) {
                value.set(name, properties.path(name).get("default"));
            } else if (!value.has(name)) {
                fault("The required parameter `" + path + name + "` is missing");
            }
        }
        for (String name : List.copyOf(iterable(value))) {
            JsonNode property = properties.get(name);
            if (property != null) {
                value.set(name, value(property, value.get(name), path + name));
            } else if (schema.path("additionalProperties").isBoolean()
                    && !schema.path("additionalProperties").booleanValue()) {
                fault(
                        "An unexpected parameter `"
                                + path
                                + ToolOutcome.shortened(name, MAX_NAME)
                                + "` was provided");
            }
        }
        properties
                .properties()
                .forEach(property -> {
                    if (!value.has(property.getKey()) && property.getValue().has("default")) {
                        value.set(property.getKey(), property.getValue().get("default"));
                    }
                });
    }

    private static List<String> iterable(ObjectNode value) {
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode value(JsonNode schema, JsonNode given, String path) {
        String type = schema.path("type").asText();
        JsonNode value = coerce(type, given);
        if (!type.isEmpty() && !hasType(type, value)) {
            fault(
                    "The parameter `"
                            + path
                            + "` type is expected as `"
                            + type
                            + "` but provided as `"
                            + nameOf(value)
                            + "`");
            return value;
        }
        JsonNode allowed = schema.path("enum");
        if (allowed.isArray() && !contains(allowed, value)) {
            fault("The parameter `" + path + "` must be one of " + allowed);
        }
        if (value instanceof ObjectNode object) {
            object(schema, object, path + ".");
        } else if (value instanceof ArrayNode array) {
            array(schema, array, path);
        } else if (isFinite(value)) {
            number(schema, value.decimalValue(), path);
        } else if (value.isTextual()
                && value.textValue().length() < schema.path("minLength").asInt(0)) {
            fault("The parameter `" + path + "` is too short");
        }
        return value;
    }

    private void array(JsonNode schema, ArrayNode array, String path) {
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        if (array.size() < least || array.size() > most) {
            fault(
                    "The parameter `"
                            + path
                            + "` must have "
                            + (array.size() < least ? "at least " + least : "at most " + most)
                            + " items");
            return;
        }
        JsonNode items = schema.path("items");
        if (items.isObject()) {
            for (int i = 0; i < array.size() && faults.size() < MAX_FAULTS; i++) {
                array.set(i, value(items, array.get(i), path + "[" + i + "]"));
            }
        }
    }

    private void number(JsonNode schema, BigDecimal number, String path) {
        if (schema.has("minimum") && number.compareTo(schema.get("minimum").decimalValue()) < 0) {
            fault("The parameter `" + path + "` must be at least " + schema.get("minimum"));
        }
        if (schema.has("exclusiveMinimum")
                && number.compareTo(schema.get("exclusiveMinimum").decimalValue()) <= 0) {
            fault(
                    "The parameter `"
                            + path
                            + "` must be greater than "
                            + schema.get("exclusiveMinimum"));
        }
        if (schema.has("maximum") && number.compareTo(schema.get("maximum").decimalValue()) > 0) {
            fault("The parameter `" + path + "` must be at most " + schema.get("maximum"));
        }
    }

    private static JsonNode coerce(String type, JsonNode given) {
        if (!given.isTextual()) {
            return given;
        }
        String text = given.textValue();
        if (Set.of("number", "integer").contains(type)
                && text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            return DecimalNode.valueOf(new BigDecimal(text));
        }
        if (type.equals("boolean") && Set.of("true", "false").contains(text)) {
            return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
        return given;
    }

    private static boolean hasType(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "number" -> isFinite(value);
            case "integer" ->
                    isFinite(value) && value.decimalValue().stripTrailingZeros().scale() <= 0;
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }

    /// Whether it is a number. One that is too large for the parser is infinite.
    private static boolean isFinite(JsonNode value) {
        return value.isNumber()
                && !(value.isFloatingPointNumber()
                        && !value.isBigDecimal()
                        && !Double.isFinite(value.doubleValue()));
    }

    private static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case NULL -> "null";
            default -> "object";
        };
    }

    private static boolean contains(JsonNode allowed, JsonNode value) {
        for (JsonNode one : allowed) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private void fault(String text) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(text);
        }
    }
}
