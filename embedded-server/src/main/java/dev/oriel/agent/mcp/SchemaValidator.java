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

/// Validates values against JSON Schemas. Unlike the library's validator, it caches schemas by
/// their whole text and not by `$id`, so that one client cannot replace another client's schema.
/// Patterns are bounded ([BoundedPattern]), because validation runs on the thread that reads the
/// agent's output.
final class SchemaValidator extends DefaultJsonSchemaValidator {
    /// The prefix of the error message if the schema is usable and the value does not match it.
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
            // The library throws various unchecked exceptions for unusable schemas.
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

    /// Checks whether a well-formed schema is usable: its references must resolve and must not form
    /// a cycle.
    ///
    /// @return the problem; empty if the schema is usable
    Optional<String> unusable(Map<String, Object> schema) {
        var response = validate(schema, Map.of());
        String error = response.valid() ? "" : response.errorMessage();
        return error.isEmpty() || error.startsWith(FAILED) ? Optional.empty() : Optional.of(error);
    }

    @Override
    protected String generateCacheKey(Map<String, Object> schema) {
        JsonNode text = Json.mapper().valueToTree(schema);
        return text.toString();
    }
}
