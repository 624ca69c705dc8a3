package dev.oriel.client.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.HistoryPage;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageHistoryTest {
    private final MessageHistory history = new MessageHistory();

    private void append(int messages) {
        for (int i = 0; i < messages; i++) {
            history.append(Message.of(Json.object().put("type", "assistant")));
        }
    }

    private static List<Long> seqs(HistoryPage page) {
        return page.messages().stream().map(MessageSeq::of).toList();
    }

    @Test
    void messagesAreNumberedFromOne() {
        append(3);
        assertThat(history.lastSeq()).isEqualTo(3);
        assertThat(seqs(history.after(0, 10))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aPageEndsAtItsLimitAndReportsWhetherThereIsMore() {
        append(5);
        assertThat(seqs(history.before(4, 2))).containsExactly(2L, 3L);
        assertThat(history.before(4, 2).hasMore()).isTrue();
        assertThat(history.before(4, 3).hasMore()).isFalse();
        assertThat(seqs(history.after(2, 2))).containsExactly(3L, 4L);
        assertThat(history.after(2, 2).hasMore()).isTrue();
        assertThat(history.after(2, 3).hasMore()).isFalse();
        assertThat(seqs(history.before(Long.MAX_VALUE, 2))).containsExactly(4L, 5L);
    }

    @Test
    void theOldestMessagesAreDroppedWhenThereAreTooManyBytes() {
        String text = "x".repeat(20 * 1024 * 1024);
        for (int i = 0; i < 5; i++) {
            history.append(Message.of(Json.object().put("type", "assistant").put("text", text)));
        }
        assertThat(seqs(history.after(0, 10))).containsExactly(3L, 4L, 5L);
    }
}
