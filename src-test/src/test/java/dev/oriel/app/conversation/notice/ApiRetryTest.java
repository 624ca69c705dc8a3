package dev.oriel.app.conversation.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.message.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRetryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static ApiRetry retry(int status, int attempt) {
        return ApiRetry.of(
                Json.object()
                        .put("attempt", attempt)
                        .put("max_retries", 10)
                        .put("retry_delay_ms", 4_000.5)
                        .put("error_status", status));
    }

    @ParameterizedTest
    @CsvSource({
        "0,   No connection to Claude",
        "401, Claude did not accept the login (401)",
        "403, Claude did not accept the login (403)",
        "429, Too many requests for now (429)",
        "529, Claude is overloaded (529)",
        "500, Claude answered with error 500"
    })
    void anErrorOfTheApiIsNamed(int status, String words) {
        Item.Notice running = retry(status, 2).running("id", 3, NOW);
        assertThat(running.text()).isEqualTo(words + ". Trying again, attempt 2 of 10.");
        assertThat(running.level()).isEqualTo(Level.WARNING);
        assertThat(running.until()).isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void onceItIsOverOnlyTheNumberIsLeft() {
        assertThat(retry(529, 1).over("id", 3).text())
                .isEqualTo("Retried once: Claude is overloaded (529)");
        assertThat(retry(529, 3).over("id", 3))
                .extracting(Item.Notice::text, Item.Notice::level, Item.Notice::until)
                .containsExactly("Retried 3 times: Claude is overloaded (529)", Level.QUIET, null);
    }
}
