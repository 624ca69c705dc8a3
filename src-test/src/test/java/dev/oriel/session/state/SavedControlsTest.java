package dev.oriel.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.session.control.SavedControlRequests;
import org.junit.jupiter.api.Test;

/// Control requests that are saved for later agents, within limits.
class SavedControlsTest {
    private final SessionMemoryBudget budget = new SessionMemoryBudget(1024 * 1024);
    private final SavedControls controls = new SavedControls(SavedControlRequests.NONE, budget);

    private static ObjectNode toggle(String server) {
        return Json.object()
                .put("subtype", "mcp_toggle")
                .put("serverName", server)
                .put("enabled", false);
    }

    @Test
    void aRequestIsSavedAndCounted() {
        long before = budget.used();
        controls.save(toggle("notes"));
        assertThat(controls.requests()).hasSize(1);
        assertThat(budget.used()).isEqualTo(controls.saved().length()).isGreaterThan(before);
        controls.save(toggle("notes").put("enabled", true));
        assertThat(controls.requests())
                .as("the later one of the same server holds")
                .singleElement()
                .satisfies(r -> assertThat(r.path("enabled").asBoolean()).isTrue());
        assertThat(budget.used()).isEqualTo(controls.saved().length());
    }

    @Test
    void requestsAreLimitedTo64KiB() {
        int saved = 0;
        while (controls.check(toggle(saved + "x".repeat(190))).isEmpty()) {
            controls.save(toggle(saved + "x".repeat(190)));
            saved++;
        }
        assertThat(controls.saved().length()).isBetween(63 * 1024, 64 * 1024);
        assertThat(controls.check(toggle("y".repeat(200))).orElseThrow()).contains("64 KiB");
    }

    @Test
    void aRequestIsRefusedWhenAllSessionsTogetherKeepTooMuch() {
        budget.add(1024 * 1024);
        assertThat(controls.check(toggle("x".repeat(5_000))).orElseThrow())
                .contains("sessions keep too much");
        assertThat(controls.check(toggle("notes"))).as("a small one always has room").isEmpty();
    }

    @Test
    void aDeletedSessionReleasesAll() {
        controls.save(toggle("notes"));
        controls.releaseMemory();
        assertThat(budget.used()).isZero();
        assertThat(controls.requests()).isEmpty();
    }
}
