package dev.oriel.dialect.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneshotRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | Bad JSON",
                "{} x | Bad JSON",
                "~~ | Bad JSON",
                "{} | Required",
                "{\"prompt\":\"\"} | String must contain at least 1 character(s)",
                "{\"prompt\":7} | Expected string, received number",
                "{\"prompt\":null} | Expected string, received null",
                "{\"prompt\":true} | Expected string, received boolean",
                "{\"prompt\":[]} | Expected string, received array",
                "{\"prompt\":{}} | Expected string, received object",
                "[] | Expected object, received array",
                "null | Expected object, received null",
                "\"x\" | Expected object, received string",
                "7 | Expected object, received number",
                "{\"prompt\":\"x\",\"meta\":null} | Expected string, received null",
                "{\"prompt\":\"x\",\"meta\":1} | Expected string, received number",
                "{\"prompt\":\"x\",\"meta\":\"lower\"} | Invalid meta",
                "{\"prompt\":\"x\",\"meta\":\"A B\"} | Invalid meta",
                "{\"prompt\":\"x\",\"meta\":\"A\\n\"} | Invalid meta"
            })
    void invalidRequestsAreRefusedWithTheTextOfTheOriginal(String frame, String error) {
        assertThat(OneshotRequest.parse(frame)).isEqualTo(new OneshotRequest.Refused(error));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"prompt\":\"Do it\"} | ~Do it~",
                "{\"prompt\":\"Do it\",\"meta\":\"\"} | ~Do it~",
                "{\"prompt\":\"Do it\",\"other\":1} | ~Do it~",
                "{\"prompt\":\" \"} | ~ ~",
                "{\"prompt\":\"Do it\",\"meta\":\"TASK_1-A\"} | ~Do it\n\n[meta:TASK_1-A]~"
            })
    void theMetaFollowsThePrompt(String frame, String prompt) {
        assertThat(OneshotRequest.parse(frame)).isEqualTo(new OneshotRequest.Run(prompt));
    }

    @Test
    void aPromptHasAtMost8192Bytes() {
        var tooLong = new OneshotRequest.Refused("String must contain at most 8192 character(s)");
        assertThat(read("a".repeat(8192))).isInstanceOf(OneshotRequest.Run.class);
        assertThat(read("a".repeat(8193))).isEqualTo(tooLong);
        assertThat(read("€".repeat(2730))).isInstanceOf(OneshotRequest.Run.class);
        assertThat(read("€".repeat(2731))).isEqualTo(tooLong);
    }

    private static OneshotRequest read(String prompt) {
        return OneshotRequest.parse("{\"prompt\":\"" + prompt + "\"}");
    }
}
