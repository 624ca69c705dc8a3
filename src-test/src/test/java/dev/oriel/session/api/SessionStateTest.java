package dev.oriel.session.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.session.api.SessionState.Asking;
import dev.oriel.session.api.SessionState.Ended;
import dev.oriel.session.api.SessionState.Failed;
import dev.oriel.session.api.SessionState.Idle;
import dev.oriel.session.api.SessionState.Interrupting;
import dev.oriel.session.api.SessionState.Running;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.SessionState.Turn;
import dev.oriel.testing.data.TransitionTable;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of session states: every trigger in every state.
class SessionStateTest {
    private static final Turn TURN = new Turn(UUID.randomUUID(), Instant.EPOCH);
    private static final Turn NEXT = new Turn(null, Instant.EPOCH.plusSeconds(1));

    /// `!` marks an illegal trigger.
    private static final String TABLE =
            """
            state       |TurnStarted|AskOpened   |AsksResolved|InterruptRequested|TurnFinished|TurnFailed|SessionEnded
            idle        |running    |!           |!           |!                 |!           |failed    |ended
            running     |!          |asking      |!           |interrupting      |idle        |failed    |ended
            asking      |!          |asking      |running     |interrupting      |idle        |failed    |ended
            interrupting|!          |interrupting|interrupting|interrupting      |idle        |failed    |ended
            failed      |running    |!           |!           |!                 |!           |failed    |ended
            ended       |running    |!           |!           |!                 |!           |failed    |ended
            """;

    static Stream<Arguments> rows() {
        return TransitionTable.cells(TABLE);
    }

    @ParameterizedTest(name = "{1} when {0}: {2}")
    @MethodSource("rows")
    void everyTriggerInEveryStateLeadsToTheStateInTheTable(String from, String name, String to) {
        SessionState state = state(from);
        Trigger trigger = trigger(name);
        if (to.equals("!")) {
            assertThatThrownBy(() -> state.apply(trigger))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(from)
                    .hasMessageContaining(name);
            return;
        }
        SessionState next = state.apply(trigger);
        assertThat(next.wireName()).isEqualTo(to);
        next.currentTurn()
                .ifPresent(t -> assertThat(t).isEqualTo(name.equals("TurnStarted") ? NEXT : TURN));
    }

    @Test
    void theTableIsWhole() {
        assertThat(rows().map(a -> a.get()[0]).distinct())
                .hasSize(SessionState.class.getPermittedSubclasses().length);
        assertThat(rows().map(a -> a.get()[1]).distinct())
                .hasSize(Trigger.class.getPermittedSubclasses().length);
    }

    @Test
    void aFailureKeepsItsReason() {
        assertThat(new Running(TURN).apply(new Trigger.TurnFailed("why")))
                .isEqualTo(new Failed("why"));
    }

    private static SessionState state(String wire) {
        return Stream.of(
                        new Idle(),
                        new Running(TURN),
                        new Asking(TURN),
                        new Interrupting(TURN),
                        new Failed("before"),
                        new Ended())
                .filter(s -> s.wireName().equals(wire))
                .findFirst()
                .orElseThrow();
    }

    private static Trigger trigger(String name) {
        return Stream.of(
                        new Trigger.TurnStarted(NEXT),
                        new Trigger.AskOpened(),
                        new Trigger.AsksResolved(),
                        new Trigger.InterruptRequested(),
                        new Trigger.TurnFinished(),
                        new Trigger.TurnFailed("now"),
                        new Trigger.SessionEnded())
                .filter(t -> t.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
