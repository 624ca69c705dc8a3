package dev.oriel.agent.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.oriel.message.Json;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Checks against schemas that are told apart by what they say. The library's own way is by their
/// `$id`, with which one client could put its schema in the place of another's. Their patterns are
/// bounded ([BoundedPattern]): they are tried on the thread that reads what the agent says.
final class SchemaValidator extends DefaultJsonSchemaValidator {
    /// How the library begins to say that a schema is all right and the value is not.
    private static final String FAILED = "Validation failed";

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(
                    Dialects.getDraft202012(),
                    r ->
                            r.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .regularExpressionFactory(BoundedPattern::new)
                                            .build()));
    private final Map<String, Schema> known = new ConcurrentHashMap<>();

    SchemaValidator() {
        super(Json.mapper());
    }

    static Map<String, Object> map(ObjectNode schema) {
        return Json.mapper().convertValue(schema, MAP);
    }

    @Override
    public ValidationResponse validate(Map<String, Object> schema, Object content) {
        try {
            JsonNode value = Json.mapper().valueToTree(content);
            List<Error> errors = known(schema).validate(value);
            return errors.isEmpty()
                    ? ValidationResponse.asValid(value.toString())
                    : ValidationResponse.asInvalid(FAILED + ": " + errors);
        } catch (StackOverflowError e) {
            return ValidationResponse.asInvalid(
                    "The schema leads back to itself without end, or nests too deep.");
        } catch (RuntimeException e) {
            // Of a schema that somebody wrote, the library and its parts may say anything.
            return ValidationResponse.asInvalid("The schema cannot be used: " + e.getMessage());
        }
    }

    private Schema known(Map<String, Object> schema) {
        return known.computeIfAbsent(
                generateCacheKey(schema),
                _ -> registry.getSchema(Json.mapper().<JsonNode>valueToTree(schema)));
    }

    @Override
    public void clearCache() {
        known.clear();
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
