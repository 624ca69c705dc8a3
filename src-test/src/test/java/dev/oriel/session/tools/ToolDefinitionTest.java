package dev.oriel.session.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolDefinitionTest {
    private static ToolDefinition of(String json) throws Exception {
        return ToolDefinition.parse(Json.mapper().readTree(json));
    }

    @Test
    void aNameIsEnough() throws Exception {
        ToolDefinition tool = of("{\"name\":\"ring\"}");
        assertThat(tool.tool().name()).isEqualTo("ring");
        assertThat(tool.tool().description()).isEmpty();
        assertThat(tool.tool().schema().toString())
                .isEqualTo("{\"type\":\"object\",\"properties\":{}}");
        assertThat(tool.timeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void inputSchemaIsAcceptedForParameters() throws Exception {
        assertThat(of("{\"name\":\"ring\",\"input_schema\":{\"bell\":\"int\"}}").tool().schema())
                .hasToString(
                        "{\"type\":\"object\",\"properties\":{\"bell\":{\"type\":\"integer\"}},"
                                + "\"required\":[\"bell\"]}");
    }

    /// Fault 39 of FAULTS.md.
    @Test
    void theSizeOfParametersIsLimited() {
        String large = "{\"name\":\"a\",\"parameters\":{\"b\":\"" + "x".repeat(70_000) + "\"}}";
        assertThatThrownBy(() -> of(large))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("at most 65536 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "250", "3600000"})
    void theClientSetsTheTimeout(String millis) throws Exception {
        assertThat(of("{\"name\":\"ring\",\"timeout_ms\":" + millis + "}").timeout())
                .isEqualTo(Duration.ofMillis(Long.parseLong(millis)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "7                                     | tool must be an object",
                "{}                                    | name must be",
                "{\"name\":7}                          | name must be",
                "{\"name\":\"\"}                       | name must be",
                "{\"name\":\"a b\"}                    | name must be",
                "{\"name\":\"a\",\"description\":7}    | description must be text",
                "{\"name\":\"a\",\"timeout_ms\":0}     | timeout_ms must be",
                "{\"name\":\"a\",\"timeout_ms\":3600001} | timeout_ms must be",
                "{\"name\":\"a\",\"timeout_ms\":1.5}   | timeout_ms must be",
                "{\"name\":\"a\",\"timeout_ms\":\"9\"} | timeout_ms must be",
                "{\"name\":\"a\",\"parameters\":7}     | parameters must be an object"
            })
    void whatCannotBeIsSaid(String tool, String why) {
        assertThatThrownBy(() -> of(tool))
                .isInstanceOf(BadRequestException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void namesAndDescriptionsAreLimited() {
        assertThatThrownBy(() -> of("{\"name\":\"" + "n".repeat(65) + "\"}"))
                .isInstanceOf(BadRequestException.class);
        assertThatThrownBy(
                        () -> of("{\"name\":\"a\",\"description\":\"" + "d".repeat(10_001) + "\"}"))
                .isInstanceOf(BadRequestException.class);
    }

    /// Schemas with which the model's API would refuse every turn of the session, or the server
    /// would read what a client names.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{\"type\":\"object\",\"oneOf\":[]}                                   | oneOf"
                        + " is not allowed",
                "{\"type\":\"object\",\"properties\":{\"a b\":{}}}                    | a"
                        + " parameter's name",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"strong\"}}}   | the"
                        + " parameters are no JSON Schema",
                "{\"type\":\"object\",\"required\":\"a\"}                             | the"
                        + " parameters are no JSON Schema",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}} | a"
                        + " $ref must",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"items\":[{\"$ref\":\"http://127.0.0.1/\"}]}}}"
                    + " | a $ref must"
            })
    void harmfulSchemasAreRejected(String parameters, String why) {
        assertThatThrownBy(() -> of("{\"name\":\"a\",\"parameters\":" + parameters + "}"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageStartingWith(why);
    }
}
