package dev.oriel.session.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolSchemaTest {
    private static JsonNode json(String text) throws Exception {
        return Json.mapper().readTree(text);
    }

    private static JsonNode schemaOf(String parameters) throws Exception {
        return ToolSchema.from(json(parameters));
    }

    @Test
    void aSchemaStaysAsItIs() throws Exception {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"minLength\":2}},"
                        + "\"required\":[\"a\"],\"additionalProperties\":false}";
        assertThat(schemaOf(schema)).isEqualTo(json(schema));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{}}",
                "{\"type\":\"object\"}",
                "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}",
                "{}",
                "null"
            })
    void everySchemaHasProperties(String parameters) throws Exception {
        JsonNode schema = schemaOf(parameters);
        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("properties").isObject()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "string,string", "str,string", "int,integer", "Integer,integer", "float,number",
        "number,number", "bool,boolean", "boolean,boolean", "list,array", "dict,object"
    })
    void typesMayHaveNamesOfProgrammingLanguages(String given, String type) throws Exception {
        assertThat(schemaOf("{\"p\":\"" + given + "\"}"))
                .isEqualTo(
                        json(
                                "{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\""
                                        + type
                                        + "\"}},\"required\":[\"p\"]}"));
    }

    @Test
    void sentencesDescribeListsEnumerateAndAnyAllowsEverything() throws Exception {
        assertThat(schemaOf("{\"a\":\"Where to look\",\"b\":[1,2],\"c\":\"any\"}"))
                .isEqualTo(
                        json(
                                "{\"type\":\"object\",\"properties\":{\"a\":{\"description\":\"Where"
                                    + " to look\"},\"b\":{\"enum\":[1,2]},\"c\":{}},"
                                    + "\"required\":[\"a\",\"b\",\"c\"]}"));
    }

    @Test
    void parametersWithADefaultAreOptional() throws Exception {
        assertThat(
                        schemaOf(
                                "{\"a\":{\"type\":\"int\",\"default\":3},"
                                        + "\"b\":{\"type\":\"str\",\"required\":false},"
                                        + "\"c\":{\"type\":\"string\",\"optional\":true},"
                                        + "\"d\":{\"type\":\"string\",\"required\":true}}"))
                .isEqualTo(
                        json(
                                "{\"type\":\"object\",\"properties\":{"
                                        + "\"a\":{\"type\":\"integer\",\"default\":3},"
                                        + "\"b\":{\"type\":\"string\"},\"c\":{\"type\":\"string\"},"
                                        + "\"d\":{\"type\":\"string\"}},\"required\":[\"d\"]}"));
    }

    @Test
    void aNestedObjectKeepsItsOwnRequiredList() throws Exception {
        String place =
                "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"number\"}},\"required\":[\"x\"]}";
        assertThat(schemaOf("{\"place\":" + place + "}").at("/properties/place"))
                .isEqualTo(json(place));
    }

    @Test
    void aParameterMayBeNamedType() throws Exception {
        assertThat(schemaOf("{\"type\":\"string\"}").at("/properties/type/type").asText())
                .isEqualTo("string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "\"string\"",
                "[\"a\"]",
                "{\"a\":7}",
                "{\"a\":null}",
                "{\"a\":[]}",
                "{\"properties\":{},\"type\":\"array\"}"
            })
    void otherParametersAreRejected(String parameters) {
        assertThatThrownBy(() -> schemaOf(parameters)).isInstanceOf(BadRequestException.class);
    }
}
