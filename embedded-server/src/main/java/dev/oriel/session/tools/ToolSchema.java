package dev.oriel.session.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Builds the JSON Schema of a tool's input from the parameters that a client gives.
///
/// They may be a schema, recognised by `"type":"object"`, `properties` or `$schema`; or a loose map
/// from a parameter's name to
///
/// - the name of a type, in the words of JSON or of a programming language (`"string"`, `"int"`),
/// - a sentence that describes the parameter,
/// - a list of the values it can have,
/// - or a schema of its own, whose `type` may be such a name too, and in which `"required": false`
///   or a `default` makes the parameter optional. All others are required.
public final class ToolSchema {
    private ToolSchema() {}

    /// @param parameters missing or null for a tool without any
    /// @throws BadRequestException if they are neither a schema nor a map
    public static ObjectNode from(JsonNode parameters) throws BadRequestException {
        if (parameters.isMissingNode() || parameters.isNull()) {
            return fromMap(Json.object());
        }
        if (!(parameters instanceof ObjectNode given)) {
            throw new BadRequestException("parameters must be an object");
        }
        return isSchema(given) ? completed(given.deepCopy()) : fromMap(given);
    }

    private static boolean isSchema(ObjectNode given) {
        return "object".equals(given.path("type").textValue())
                || given.path("properties").isObject()
                || given.path("$schema").isTextual();
    }

    /// Adds what the model's API requires of a schema.
    private static ObjectNode completed(ObjectNode schema) throws BadRequestException {
        JsonNode type = schema.path("type");
        if (!type.isMissingNode() && !"object".equals(type.textValue())) {
            throw new BadRequestException("the type of parameters must be object");
        }
        schema.put("type", "object");
        if (!schema.has("properties")) {
            schema.putObject("properties");
        }
        return schema;
    }

    private static ObjectNode fromMap(ObjectNode map) throws BadRequestException {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.mapper().createArrayNode();
        for (Map.Entry<String, JsonNode> each : map.properties()) {
            String name = each.getKey();
            properties.set(name, parameter(name, each.getValue()));
            if (isRequired(each.getValue())) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private static ObjectNode parameter(String name, JsonNode given) throws BadRequestException {
        if (given.isTextual()) {
            String type = type(given.textValue());
            if (type == null) {
                return Json.object().put("description", given.textValue());
            }
            return type.isEmpty() ? Json.object() : Json.object().put("type", type);
        }
        if (given.isArray() && !given.isEmpty()) {
            return Json.object().set("enum", given);
        }
        if (given instanceof ObjectNode object) {
            return ofItsOwn(object.deepCopy());
        }
        throw new BadRequestException("parameter " + name + " must be a type, a list or a schema");
    }

    private static ObjectNode ofItsOwn(ObjectNode schema) {
        // A list names the required properties of an object; a flag says whether this parameter is
        // required.
        if (!schema.path("required").isArray()) {
            schema.remove("required");
        }
        schema.remove("optional");
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            String known = type(type.textValue());
            if (known != null && known.isEmpty()) {
                schema.remove("type");
            } else if (known != null) {
                schema.put("type", known);
            }
        }
        return schema;
    }

    private static boolean isRequired(JsonNode given) {
        return !(given.path("required").isBoolean() && !given.path("required").booleanValue())
                && !given.path("optional").asBoolean(false)
                && !given.has("default");
    }

    /// @return JSON Schema's name of the type; empty for any type; null if it is not a type
    private static @Nullable String type(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "string", "str", "text" -> "string";
            case "integer", "int", "long" -> "integer";
            case "number", "float", "double", "decimal" -> "number";
            case "boolean", "bool" -> "boolean";
            case "array", "list", "tuple" -> "array";
            case "object", "dict", "map" -> "object";
            case "null", "none" -> "null";
            case "any", "" -> "";
            default -> null;
        };
    }
}
