package dev.oriel.agent.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.api.wire.MessagesApi.SseEvent;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams of events in pieces of any size.
class SseReaderTest {
    private static final String STREAM =
            """
            event: ping
            : comment
            data: {"type":"ping"}

            id: 7
            data:{"type":"a",
            data: "text":"é😀"}

            data: {"type":"b"}


            """;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everySplitGivesTheSameEvents(String end) throws Exception {
        byte[] bytes = STREAM.replace("\n", end).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= bytes.length; at++) {
            assertThat(read(bytes, at)).containsExactly("ping", "a", "b");
        }
    }

    @Test
    void oneByteAtATime() throws Exception {
        SseReader reader = new SseReader();
        List<SseEvent> events = new ArrayList<>();
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            events.addAll(reader.read(bytes, i, 1));
        }
        assertThat(events).extracting(SseEvent::type).containsExactly("ping", "a", "b");
        assertThat(new String(events.get(1).json(), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"a\",\n\"text\":\"é😀\"}");
    }

    @Test
    void aResponseWithoutEndIsRefused() {
        String text = "x".repeat(SseReader.MAX_CONTENT / 8);
        byte[] event =
                ("data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\""
                                + text
                                + "\"}}\n\n")
                        .getBytes(StandardCharsets.UTF_8);
        SseReader reader = new SseReader();
        assertThatCode(
                        () -> {
                            for (int i = 0; i < 8; i++) {
                                reader.read(event, 0, event.length);
                            }
                        })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> reader.read(event, 0, event.length))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("longer than 8388608 characters");
    }

    @Test
    void aByteOrderMarkIsSkippedAtTheStartOnly() throws Exception {
        byte[] marked = ("\uFEFF" + STREAM).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= 8; at++) {
            assertThat(read(marked, at)).containsExactly("ping", "a", "b");
        }
        assertThat(read(("\uFEFF\uFEFF" + STREAM).getBytes(StandardCharsets.UTF_8), 4))
                .containsExactly("ping", "a", "b");
    }

    @Test
    void anUnfinishedEventIsNotReported() throws Exception {
        byte[] bytes = "data: {\"type\":\"a\"}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(new SseReader().read(bytes, 0, bytes.length)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: x", "data: []", "data: {\"type\":1}", "data: {}"})
    void dataThatIsNoEventIsAnError(String line) {
        byte[] bytes = (line + "\n\n").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new SseReader().read(bytes, 0, bytes.length))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void anEventHasALimit() {
        SseReader reader = new SseReader();
        byte[] bytes = new byte[1 << 20];
        Arrays.fill(bytes, (byte) 'x');
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 17; i++) {
                                reader.read(bytes, 0, bytes.length);
                            }
                        })
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("longer than");
    }

    private static List<String> read(byte[] bytes, int at) throws Exception {
        SseReader reader = new SseReader();
        List<SseEvent> events = new ArrayList<>(reader.read(bytes, 0, at));
        events.addAll(reader.read(bytes, at, bytes.length - at));
        return events.stream().map(SseEvent::type).toList();
    }
}
