package dev.oriel.app.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawCopyTest {
    private static final String LONG = "x".repeat(100_000);

    private final List<Message> messages =
            new SampleFrames()
                    .toolUse("m", "t", "Bash", "{\"command\":\"" + LONG + "\"}")
                    .toolResult("t", LONG, false, "{\"tool_use_result\":{\"stdout\":\"out\"}}")
                    .take();

    private static ClickAction.CopyRaw of(String id, boolean result) {
        return new ClickAction.CopyRaw(1, id, result, "cut");
    }

    @Test
    void theInputAndTheResultAreCopiedWhole() {
        assertThat(RawCopy.json(messages.get(0), of("t", false))).contains(LONG);
        assertThat(RawCopy.json(messages.get(1), of("t", true)))
                .contains(LONG, "tool_use_result", "stdout");
    }

    @Test
    void anotherCallIsNotCopied() {
        assertThat(RawCopy.json(messages.get(0), of("other", false))).isEmpty();
        assertThat(RawCopy.json(messages.get(0), of("t", true))).isEmpty();
    }
}
