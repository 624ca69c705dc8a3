package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.FrameLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingFrameLogTest {
    private final RecordingFrameLog log = new RecordingFrameLog(Clock.systemUTC());

    private String kept() {
        return log.entries().getLast().text();
    }

    @Test
    void valuesThatLookLikeASecretAreMasked() {
        log.appendSent("/ws", "{\"type\":\"auth\",\"token\":\"abc\\\"def\",\"after\":1}");
        assertThat(kept()).isEqualTo("{\"type\":\"auth\",\"token\":\"•••\",\"after\":1}");
        log.appendSent(
                "/ws", "{\"anthropicApiKey\" : \"sk-1\",\"Password\":\"\",\"text\":\"token\"}");
        assertThat(kept())
                .isEqualTo(
                        "{\"anthropicApiKey\" : \"•••\",\"Password\":\"•••\",\"text\":\"token\"}");
    }

    @Test
    void aCredentialIsMaskedEverywhere() {
        log.addSecret("the key of the house");
        log.appendReceived("/ws", "{\"error\":\"the key of the house does not fit\"}");
        assertThat(kept()).isEqualTo("{\"error\":\"••• does not fit\"}");
    }

    /// As long as the tokens of large organisations, and longer.
    @Test
    void aSecretOfAnyLengthIsMasked() {
        log.appendReceived("/ws", "{\"token\":\"" + "a".repeat(7_000) + "\",\"after\":1}");
        assertThat(kept()).startsWith("{\"token\":\"•••\",\"after\":1}");
        log.appendReceived("/ws", "{\"secret\":\"" + "\\\"".repeat(3_500) + "\",\"after\":1}");
        assertThat(kept()).startsWith("{\"secret\":\"•••\",\"after\":1}");
        log.appendReceived("/ws", "{\"password\":\"" + "b".repeat(100_000) + "\",\"after\":1}");
        assertThat(kept()).startsWith("{\"password\":\"•••").doesNotContain("b");
    }

    @Test
    void aLongFrameIsTruncatedAndItsLengthNoted() {
        log.appendReceived("/ws", "{\"text\":\"" + "x".repeat(10_000) + "\"}");
        assertThat(kept()).hasSizeLessThan(4_100).endsWith("… (10011 characters)");
    }

    @Test
    void theLastFramesAreKeptAndAllAreCounted() {
        for (int i = 1; i <= FrameLog.CAPACITY + 2; i++) {
            log.appendNote("", "note " + i);
        }
        assertThat(log.entries()).hasSize(FrameLog.CAPACITY);
        assertThat(log.entries().getFirst())
                .matches(e -> e.number() == 3 && e.text().equals("note 3"));
        assertThat(log.entries().getLast().number()).isEqualTo(FrameLog.CAPACITY + 2);
        assertThat(log.count()).isEqualTo(FrameLog.CAPACITY + 2);
    }

    @Test
    void theListenerReceivesWhatWasReceivedWholeAndUnmasked() {
        List<String> received = new ArrayList<>();
        log.addSecret("secret");
        log.setReceivedListener((channel, text) -> received.add(channel + " " + text));
        String frame = "secret" + "x".repeat(5_000);
        log.appendReceived("/ws", frame);
        log.appendSent("/ws", "sent");
        log.appendNote("/ws", "note");
        log.setReceivedListener(null);
        log.appendReceived("/ws", "late");
        assertThat(received).containsExactly("/ws " + frame);
    }

    @Test
    void aShortSecretMasksNoPartsOfOtherWords() {
        log.addSecret("abc");
        log.addSecret("abcd");
        log.appendSent("/ws", "abc abcd");
        assertThat(kept()).isEqualTo("abc •••");
    }
}
