package dev.oriel.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import org.junit.jupiter.api.Test;

/// The text of an answer, each piece once.
class AnswerAccumulatorTest {
    private final AnswerAccumulator once = new AnswerAccumulator();
    private final StringBuilder said = new StringBuilder();

    private void start(String id) throws Exception {
        take(
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"message_start\",\"message\":{\"id\":\"%s\"}}}"
                        .formatted(id));
        take("{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_start\"}}");
    }

    private void delta(String text) throws Exception {
        take(
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"delta\":{\"text\":\"%s\"}}}"
                        .formatted(text));
    }

    private void whole(String id, String text) throws Exception {
        take(
                "{\"type\":\"assistant\",\"message\":{\"id\":\"%s\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}}"
                        .formatted(id, text));
    }

    private void take(String json) throws Exception {
        said.append(once.append(Message.parse(json)));
    }

    @Test
    void streamedTextIsNotRepeated() throws Exception {
        start("m1");
        delta("one");
        whole("m1", "one");
        assertThat(said).hasToString("one");
    }

    @Test
    void aSecondAnswerOfTheSameIdWithoutDeltasIsAppended() throws Exception {
        start("same");
        delta("one");
        whole("same", "one");
        whole("same", "two");
        assertThat(said).hasToString("one\n\ntwo");
    }

    @Test
    void aWholeAnswerThatReplacesAStreamedOneIsAppended() throws Exception {
        start("m1");
        delta("on");
        whole("m2", "one whole");
        assertThat(said).hasToString("on\n\none whole");
    }
}
