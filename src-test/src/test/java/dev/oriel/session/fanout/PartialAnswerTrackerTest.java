package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Partial answers for subscribers that join in the middle, and for saving.
class PartialAnswerTrackerTest {
    private final PartialAnswerTracker partial = new PartialAnswerTracker();

    @Test
    void thereAreNoEventsBeforeAnAnswer() {
        assertThat(partial.streamEvents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"text_delta,text", "thinking_delta,thinking", "input_json_delta,partial_json"})
    void deltasAreJoinedIntoOneOfTheSameType(String type, String member) throws Exception {
        start();
        for (int i = 0; i < 10_000; i++) {
            delta(type, member, "é" + i + " ");
        }
        assertThat(partial.streamEvents()).hasSize(3);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            all.append("é").append(i).append(' ');
        }
        var last = partial.streamEvents().get(2).tree();
        assertThat(last.at("/event/delta/" + member).textValue()).isEqualTo(all.toString());
        assertThat(last.at("/event/delta/type").textValue()).isEqualTo(type);
    }

    @Test
    void deltasAreAccumulatedAfterEventsWereRead() throws Exception {
        start();
        delta("text_delta", "text", "a");
        delta("text_delta", "text", "b");
        partial.streamEvents();
        delta("text_delta", "text", "c");
        assertThat(partial.streamEvents().get(2).tree().at("/event/delta/text").textValue())
                .isEqualTo("abc");
    }

    @Test
    void aWholeBlockClosesTheOpenOne() throws Exception {
        start();
        delta("text_delta", "text", "a");
        partial.receive(Message.parse("{\"type\":\"assistant\"}"));
        assertThat(partial.streamEvents())
                .extracting(Message::eventType)
                .containsExactly("message_start");
        event("{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{}}");
        event(
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"b\"}}");
        assertThat(partial.streamEvents()).hasSize(3);
    }

    @Test
    void theEndOfTheMessageRemovesTheStream() throws Exception {
        start();
        delta("text_delta", "text", "a");
        event("{\"type\":\"message_stop\"}");
        assertThat(partial.streamEvents()).isEmpty();
    }

    @Test
    void aDeltaWithoutABlockIsIgnored() throws Exception {
        event("{\"type\":\"message_start\"}");
        delta("text_delta", "text", "a");
        assertThat(partial.streamEvents()).hasSize(1);
    }

    @Test
    void aDeltaWithoutTextIsIgnored() throws Exception {
        start();
        delta("thinking_delta", "thinking", "hm");
        delta("signature_delta", "signature", "xyz");
        assertThat(partial.streamEvents().get(2).tree().at("/event/delta/thinking").textValue())
                .isEqualTo("hm");
    }

    @Test
    void streamsOfSubagentsAreSeparate() throws Exception {
        start();
        delta("text_delta", "text", "The beginning");
        of("toolu_1", "{\"type\":\"message_start\"}");
        of("toolu_1", "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{}}");
        of(
                "toolu_1",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"sub\"}}");
        partial.receive(
                Message.parse("{\"type\":\"assistant\",\"parent_tool_use_id\":\"toolu_2\"}"));
        delta("text_delta", "text", " and the end");

        assertThat(texts(partial.streamEvents()))
                .containsExactly("The beginning and the end", "sub");

        partial.receive(
                Message.parse("{\"type\":\"assistant\",\"parent_tool_use_id\":\"toolu_1\"}"));
        of("toolu_1", "{\"type\":\"message_stop\"}");
        assertThat(texts(partial.streamEvents())).containsExactly("The beginning and the end");
    }

    @Test
    void onlyNewTextIsSaved() throws Exception {
        start();
        delta("text_delta", "text", "a");
        delta("text_delta", "text", "b");
        PartialAnswerTracker.Unsaved first = partial.takeUnsaved();
        assertThat(first.anew()).isTrue();
        assertThat(texts(first.events())).containsExactly("ab");
        assertThat(partial.hasUnsaved()).isFalse();

        delta("text_delta", "text", "c");
        partial.streamEvents();
        PartialAnswerTracker.Unsaved second = partial.takeUnsaved();
        assertThat(second.anew()).isFalse();
        assertThat(texts(second.events())).containsExactly("c");

        partial.receive(Message.parse("{\"type\":\"assistant\"}"));
        assertThat(partial.hasUnsaved()).isTrue();
        assertThat(partial.takeUnsaved())
                .isEqualTo(new PartialAnswerTracker.Unsaved(true, List.of()));
        assertThat(partial.hasUnsaved()).isFalse();
    }

    @Test
    void afterAFailedSaveEverythingIsSavedAgain() throws Exception {
        start();
        delta("text_delta", "text", "a");
        partial.takeUnsaved();
        delta("text_delta", "text", "b");
        partial.takeUnsaved();
        partial.onSaveFailed();
        PartialAnswerTracker.Unsaved again = partial.takeUnsaved();
        assertThat(again.anew()).isTrue();
        assertThat(String.join("", texts(again.events()))).isEqualTo("ab");
    }

    private static List<String> texts(List<Message> events) {
        return events.stream()
                .map(m -> m.tree().at("/event/delta/text").asText())
                .filter(t -> !t.isEmpty())
                .toList();
    }

    private void of(String parent, String event) throws Exception {
        partial.receive(
                Message.parse(
                        "{\"type\":\"stream_event\",\"parent_tool_use_id\":\"%s\",\"event\":%s}"
                                .formatted(parent, event)));
    }

    private void start() throws Exception {
        event("{\"type\":\"message_start\"}");
        event("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{}}");
    }

    private void delta(String type, String member, String text) throws Exception {
        event(
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"%s\",\"%s\":\"%s\"}}"
                        .formatted(type, member, text));
    }

    private void event(String event) throws Exception {
        partial.receive(Message.parse("{\"type\":\"stream_event\",\"event\":" + event + "}"));
    }
}
