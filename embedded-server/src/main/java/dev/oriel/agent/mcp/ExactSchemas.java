package dev.oriel.agent.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import java.util.Map;
import java.util.Optional;

/// Checks against schemas that are told apart by what they say. The library's own way is by their
/// `$id`, with which one client could put its schema in the place of another's.
final class ExactSchemas extends DefaultJsonSchemaValidator {
    /// How the library begins to say that a schema is all right and the value is not.
    private static final String FAILED = "Validation failed";

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    ExactSchemas() {
        super(Json.mapper());
    }

    static Map<String, Object> map(ObjectNode schema) {
        return Json.mapper().convertValue(schema, MAP);
    }

    @Override
    public ValidationResponse validate(Map<String, Object> schema, Object content) {
        try {
            return super.validate(schema, content);
        } catch (StackOverflowError e) {
            return ValidationResponse.asInvalid("The schema leads back to itself without end.");
        }
    }

    /// Whether a schema that is well formed can be used as well: whether its references lead
    /// somewhere, and not in a circle.
    Optional<String> unusable(Map<String, Object> schema) {
        var tried = validate(schema, Map.of());
        String why = tried.valid() ? "" : tried.errorMessage();
        return why.isEmpty() || why.startsWith(FAILED) ? Optional.empty() : Optional.of(why);
    }

    @Override
    protected String generateCacheKey(Map<String, Object> schema) {
        JsonNode text = Json.mapper().valueToTree(schema);
        return text.toString();
    }
}
