package dev.oriel.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolSchemaCheckTest {
    private final SchemaValidator schemas = new SchemaValidator();

    private static ObjectNode json(String text) throws Exception {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode withA(String schema) throws Exception {
        return json("{\"type\":\"object\",\"properties\":{\"a\":" + schema + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"string\",\"format\":\"date-time\"}",
                "{\"type\":\"string\",\"format\":\"idn-email\"}",
                "{\"type\":\"string\",\"format\":\"iri\"}",
                "{\"type\":\"string\",\"format\":\"regex\"}",
                "{\"type\":\"string\",\"format\":\"from the future\"}",
                "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\",\"maxLength\":9}",
                "{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"const\":7}]}}",
                "{\"type\":\"object\",\"additionalProperties\":{\"$ref\":\"#/properties/a\"}}"
            })
    void acceptsCommonSchemas(String a) throws Exception {
        ObjectNode schema = withA(a);
        assertThat(ToolSchemaCheck.problem(schema)).isEmpty();
        assertThat(schemas.validate(SchemaValidator.map(schema), Map.of()).valid()).isTrue();
    }

    @Test
    void acceptsOlderDrafts() throws Exception {
        assertThat(
                        ToolSchemaCheck.problem(
                                withA("{\"type\":\"string\"}")
                                        .put("$schema", "http://json-schema.org/draft-07/schema#")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"object\",\"properties\":{},\"$ref\":\"#\"}",
                "{\"type\":\"object\",\"properties\":{},\"$ref\":\"#/$defs/missing\"}",
                "{\"type\":\"object\",\"properties\":{},\"$schema\":\"urn:of:my:own\"}"
            })
    void rejectsSchemasThatWouldFailEveryCall(String schema) throws Exception {
        assertThat(ToolSchemaCheck.problem(json(schema))).isPresent();
    }

    @Test
    void aNestedReferenceCycleFailsTheValidationOnly() throws Exception {
        var schema = SchemaValidator.map(withA("{\"$ref\":\"#/properties/a\"}"));
        assertThat(schemas.validate(schema, Map.of("a", 1)).valid()).isFalse();
    }

    @Test
    void distinguishesSchemasWithTheSameId() throws Exception {
        var text = SchemaValidator.map(withA("{\"type\":\"string\"}").put("$id", "urn:x:tool"));
        var number = SchemaValidator.map(withA("{\"type\":\"integer\"}").put("$id", "urn:x:tool"));
        assertThat(schemas.validate(text, Map.of("a", "b")).valid()).isTrue();
        assertThat(schemas.validate(number, Map.of("a", 1)).valid()).isTrue();
        assertThat(schemas.validate(number, Map.of("a", "b")).valid()).isFalse();
    }

    /// Without the limit each of these would take practically forever. (`(a+)+` would not: Java's
    /// engine optimizes it.)
    @ParameterizedTest
    @Timeout(20)
    @ValueSource(strings = {"^(.*a){25}$", "^(.*)*(.*a){20}$", "^(a|aa)+\\1$"})
    void aPatternThatBacktracksTooLongFailsTheValidationOnly(String pattern) throws Exception {
        var schema = withA(Json.object().put("type", "string").put("pattern", pattern).toString());
        assertThat(ToolSchemaCheck.problem(schema)).isEmpty();
        var response =
                schemas.validate(SchemaValidator.map(schema), Map.of("a", "a".repeat(40) + "!"));
        assertThat(response.valid()).isFalse();
        assertThat(response.errorMessage())
                .contains("The pattern " + pattern + " takes too long for this text.");
    }

    @Test
    @Timeout(20)
    void rejectsAPatternThatRepeatsAnEmptyExpressionTooOften() throws Exception {
        String pattern = "(?:(?:(?:){1000}){1000}){1000}";
        var schema = withA(Json.object().put("type", "string").put("pattern", pattern).toString());
        assertThat(ToolSchemaCheck.problem(schema))
                .hasValueSatisfying(w -> assertThat(w).contains("repeats too much"));
    }

    @Test
    void matchesAPatternAgainstALongText() throws Exception {
        var schema =
                SchemaValidator.map(
                        withA("{\"type\":\"string\",\"pattern\":\"^[a-z]+([0-9]{2})?$\"}"));
        assertThat(schemas.validate(schema, Map.of("a", "a".repeat(100_000) + "12")).valid())
                .isTrue();
        var wrong = schemas.validate(schema, Map.of("a", "abc1"));
        assertThat(wrong.valid()).isFalse();
        assertThat(wrong.errorMessage()).startsWith("Validation failed").contains("pattern");
    }
}
