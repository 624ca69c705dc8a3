package dev.oriel.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A session that ends may start again, one that stops may not.
class SessionShutdownTest {
    private final SessionShutdown shutdown = new SessionShutdown();

    /// @param calls `e` ends the session, `s` stops it, in this order
    @ParameterizedTest(name = "{0}: has ended {1}, may start {2}")
    @CsvSource({
        "'',false,true",
        "e,true,true",
        "ee,true,true",
        "s,false,false",
        "ss,false,false",
        "es,true,false",
        "se,true,false",
        "ese,true,false",
        "ses,true,false",
    })
    void whenTheAgentIsGone(String calls, boolean ended, boolean mayStart) {
        for (int i = 0; i < calls.length(); i++) {
            if (calls.charAt(i) == 'e') {
                shutdown.end(new CompletableFuture<>());
            } else {
                shutdown.stop(new CompletableFuture<>());
            }
        }
        assertThat(shutdown.isUnderWay()).isEqualTo(!calls.isEmpty());
        assertThat(shutdown.takeEnd()).isEqualTo(ended);
        assertThat(shutdown.takeEnd()).as("it ends once").isFalse();
        assertThat(shutdown.isUnderWay()).isEqualTo(!mayStart);
    }

    @Test
    void everyCallIsCompleted() {
        var first = new CompletableFuture<Void>();
        var second = new CompletableFuture<Void>();
        shutdown.end(first);
        shutdown.stop(second);
        assertThat(first).isNotDone();
        shutdown.complete();
        assertThat(first).isDone();
        assertThat(second).isDone();
    }
}
