package dev.oriel.agent.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import java.util.Map;

/// Checks against schemas that are told apart by what they say. The library's own way is by their
/// `$id`, with which one client could put its schema in the place of another's.
final class ExactSchemas extends DefaultJsonSchemaValidator {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    ExactSchemas() {
        super(Json.mapper());
    }

    static Map<String, Object> map(ObjectNode schema) {
        return Json.mapper().convertValue(schema, MAP);
    }

    @Override
    protected String generateCacheKey(Map<String, Object> schema) {
        JsonNode text = Json.mapper().valueToTree(schema);
        return text.toString();
    }
}
