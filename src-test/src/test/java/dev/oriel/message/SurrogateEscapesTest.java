package dev.oriel.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which escapes are replaced.
class SurrogateEscapesTest {
    private static String replaced(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new String(SurrogateEscapes.replace(bytes), StandardCharsets.UTF_8);
    }

    @Test
    void anUnpairedEscapeIsReplaced() {
        assertThat(replaced("{\"\\ud83d\\ude00\\ud83d\":\"\\udc00\\\\ud83d\\n\\u00e9\\ud8\"}"))
                .isEqualTo("{\"\\ud83d\\ude00\\ufffd\":\"\\ufffd\\\\ud83d\\n\\u00e9\\ud8\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800\\udc00",
                "\\udbff\\udfff",
                "\\uDBFF\\uDFFF",
                "\\ud7ff",
                "\\ue000",
                "\\ud83",
                "\\u",
                "\\",
                "ud800",
                "\\ud8zz",
                "🙂",
                ""
            })
    void pairsOtherEscapesAndPartsOfEscapesAreKept(String json) {
        assertThat(replaced(json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "\\ud800, \\ufffd",
        "\\udbff, \\ufffd",
        "\\udc00, \\ufffd",
        "\\udfff, \\ufffd",
        "\\udc00\\ud800, \\ufffd\\ufffd",
        "\\ud800\\ud83d\\ude00, \\ufffd\\ud83d\\ude00",
        "\\ud800x\\udc00, \\ufffdx\\ufffd",
        "\\ud800\\ue000, \\ufffd\\ue000",
        "\\ud800\\udc0, \\ufffd\\udc0",
    })
    void everyUnpairedHalfIsReplaced(String json, String expected) {
        assertThat(replaced(json)).isEqualTo(expected);
    }

    @Test
    void theBytesOfTheCallerAreNotChanged() {
        byte[] bytes = "\\ud800".getBytes(StandardCharsets.UTF_8);
        SurrogateEscapes.replace(bytes);
        assertThat(bytes).isEqualTo("\\ud800".getBytes(StandardCharsets.UTF_8));
    }
}
