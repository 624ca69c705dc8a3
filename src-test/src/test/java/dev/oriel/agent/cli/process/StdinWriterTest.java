package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.testing.claude.FakeStdin;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Lines on their way to the standard input of a CLI.
@Timeout(30)
class StdinWriterTest {
    private final FakeStdin first = new FakeStdin();
    private final FakeStdin second = new FakeStdin();
    private final StdinWriter writer = new StdinWriter(first);

    @AfterEach
    void close() {
        first.resumeReading();
        writer.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void linesAreWrittenInOrderWithALineBreakEach() {
        writer.send(bytes("a"));
        writer.sendPrompt(bytes("b"));
        writer.close();
        first.awaitClosed();
        assertThat(first.text()).isEqualTo("a\nb\n");
    }

    @Test
    void linesAfterTheCloseAreDropped() {
        writer.send(bytes("a"));
        writer.close();
        writer.send(bytes("b"));
        first.awaitClosed();
        assertThat(first.text()).isEqualTo("a\n");
    }

    @Test
    void heldPromptsAreSentOnceTheyAreReleased() {
        writer.holdPrompts();
        writer.sendPrompt(bytes("prompt 1"));
        writer.sendPrompt(bytes("prompt 2"));
        writer.send(bytes("request"));
        writer.releasePrompts();
        writer.sendPrompt(bytes("prompt 3"));
        writer.close();
        first.awaitClosed();
        assertThat(first.text()).isEqualTo("request\nprompt 1\nprompt 2\nprompt 3\n");
    }

    @Test
    void anotherProcessGetsAllLinesAgain() {
        writer.send(bytes("initialize"));
        writer.sendPrompt(bytes("prompt"));
        writer.switchTo(second);
        writer.send(bytes("later"));
        writer.close();
        first.awaitClosed();
        second.awaitClosed();
        assertThat(first.text()).isEqualTo("initialize\nprompt\n");
        assertThat(second.text()).isEqualTo("initialize\nprompt\nlater\n");
    }

    @Test
    void nothingIsSentAgainAfterTheFirstOutput() {
        writer.send(bytes("initialize"));
        writer.discardReplay();
        writer.switchTo(second);
        writer.send(bytes("later"));
        writer.close();
        second.awaitClosed();
        assertThat(second.text()).isEqualTo("later\n");
    }

    @Test
    void aProcessThatDoesNotReadIsKilledWhenTheQueueIsFull() {
        fillQueue();
        assertThat(first.isKilled()).isFalse();
        writer.send(bytes("one too many"));
        assertThat(first.isKilled()).isTrue();
    }

    @Test
    void theInputIsClosedThoughTheQueueIsFull() {
        fillQueue();
        writer.close();
        first.resumeReading();
        first.awaitClosed();
    }

    /// The process has stopped reading while a line is being written, and the queue is full.
    private void fillQueue() {
        first.stopReading();
        writer.send(bytes("being written"));
        await().until(() -> first.isBlocked());
        for (int i = 0; i < StdinWriter.MAX_QUEUED_LINES; i++) {
            writer.send(bytes("x"));
        }
    }
}
