package dev.oriel.app.asks.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values are validated against the schema of their field.
class FieldValidationTest {
    private static @Nullable String problem(String schema, String value) throws Exception {
        String request =
                "{\"type\":\"x\",\"requested_schema\":{\"properties\":{\"f\":"
                        + schema
                        + "},\"required\":[\"f\"]}}";
        Elicitation asked = Elicitation.of(Message.parse(request).tree());
        return FieldValidation.problem(asked.fields().getFirst(), value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    {"type":"string"}; ; This field is required.
                    {"type":"string","minLength":3}; ab; At least 3 characters, now 2.
                    {"type":"string","minLength":2}; 🎈; At least 2 characters, now 1.
                    {"type":"string","maxLength":1}; ab; At most 1 character, now 2.
                    {"type":"string","pattern":"^[0-9]{2}$"}; 1; This must match the pattern ^[0-9]{2}$
                    {"type":"string","format":"email"}; a; Enter an e-mail address, such as name@example.org.
                    {"type":"string","format":"uri"}; a; Enter a URL, such as https://example.org.
                    {"type":"string","format":"date"}; 2026-02-30; Enter a date, such as 2026-01-31.
                    {"type":"string","format":"date-time"}; 2026-02-03; Enter a date and time, such as \
                    2026-01-31T10:15:00Z.
                    {"type":"number"}; 1,5; Enter a number, such as 1.5.
                    {"type":"number"}; 1e999999999; Enter a number, such as 1.5.
                    {"type":"number","minimum":0.5}; 0.4; At least 0.5.
                    {"type":"integer"}; 1.5; Enter a whole number, such as 3.
                    {"type":"integer","maximum":10}; 11; At most 10.
                    {"type":"string","enum":["a"]}; ; Choose one of these.
                    {"type":"array","minItems":1,"items":{"enum":["a"]}}; ; At least 1 choice, now 0.
                    """)
    void anInvalidValueIsExplained(String schema, @Nullable String value, String words)
            throws Exception {
        assertThat(problem(schema, value == null ? "" : value)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    {"type":"string","minLength":2,"maxLength":3,"pattern":"b$"}; ab
                    {"type":"string","pattern":"("}; what Java cannot read is checked by the server
                    {"type":"string","format":"email"}; a@b.example
                    {"type":"number","minimum":1,"maximum":1}; 1.0
                    {"type":"integer"}; -3
                    {"type":"boolean"}; false
                    """)
    void aValidValueIsAccepted(String schema, String value) throws Exception {
        assertThat(problem(schema, value)).isNull();
    }

    @Test
    void aPatternThatBacktracksForLongIsAborted() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () ->
                        assertThat(
                                        problem(
                                                "{\"type\":\"string\",\"pattern\":\"^(.*)(.*)(.*)(.*)(.*)(.*)x$\"}",
                                                "a".repeat(300)))
                                .isNull());
    }
}
