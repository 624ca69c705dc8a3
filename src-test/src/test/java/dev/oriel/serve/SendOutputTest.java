package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.connect.Chat;
import dev.oriel.message.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `send` writes to its two outputs.
class SendOutputTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /// Without automatic flushing, as standard output that is a pipe.
    private SendOutput output(boolean frames) {
        return new SendOutput(new PrintWriter(out), new PrintWriter(err), frames);
    }

    private static Chat.Answer answer(String text) {
        return new Chat.Answer(text, false, "", 0);
    }

    @Test
    void eachPartOfTheTextIsVisibleAtOnceAndFramesAreNotWritten() {
        SendOutput output = output(false);
        output.onFrame("{\"a\":1}");
        output.onText("Hello, ");
        assertThat(out).hasToString("Hello, ");
        output.onText("world");
        assertThat(out).hasToString("Hello, world");
    }

    @Test
    void eachFrameIsALineThatIsVisibleAtOnceAndTheTextIsNotWritten() {
        SendOutput output = output(true);
        output.onText("Hello");
        output.onFrame("{\"a\":1}\n");
        assertThat(out).hasToString("{\"a\":1}\n");
        output.finish(answer("Hello"));
        assertThat(out).hasToString("{\"a\":1}\n");
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "Hello, 'Hello\n'", "'Hello\n', 'Hello\n'"})
    void anAnswerEndsWithALineBreakUnlessItIsEmpty(String text, String written) {
        SendOutput output = output(false);
        output.onText(text);
        output.finish(answer(text));
        assertThat(out).hasToString(written);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aProblemIsOneHarmlessLineOnStandardError() {
        SendOutput output = output(false);
        output.finish(new Chat.Answer("", true, " It failed\n\u001b[2J\n", 0));
        assertThat(err).hasToString("oriel-server: It failed\\n\\u001b[2J\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aToolThatAsksIsDeniedWithAReasonForTheAgentAndOneForTheUser() {
        assertThat(output(true).onToolAsk(new Chat.ToolAsk("Bash", Json.object()))).isPresent();
        assertThat(err.toString())
                .startsWith("oriel-server: denied: Bash")
                .contains("--permission");
        assertThat(out.toString()).isEmpty();
    }
}
