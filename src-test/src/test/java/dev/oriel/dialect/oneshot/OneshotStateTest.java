package dev.oriel.dialect.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.dialect.oneshot.OneshotState.Ending;
import dev.oriel.dialect.oneshot.OneshotState.Over;
import dev.oriel.dialect.oneshot.OneshotState.Running;
import dev.oriel.dialect.oneshot.OneshotState.Trigger;
import dev.oriel.dialect.oneshot.OneshotState.Waiting;
import dev.oriel.testing.data.TransitionTable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every trigger in every state of a connection that runs one prompt.
class OneshotStateTest {
    private static final List<OneshotState<String>> STATES =
            List.of(new Waiting<>(), new Running<>("run"), new Ending<>("run"), new Over<>());

    private static final List<Trigger<String>> TRIGGERS =
            List.of(
                    new Trigger.RunStarted<>("run"),
                    new Trigger.RequestRefused<>(),
                    new Trigger.RunEnded<>(),
                    new Trigger.Disconnected<>());

    /// `!` is illegal.
    private static final String TABLE =
            """
            state   | RunStarted | RequestRefused | RunEnded | Disconnected
            Waiting | Running    | Over           | !        | Over
            Running | !          | !              | Ending   | !
            Ending  | !          | !              | !        | Over
            Over    | !          | !              | !        | Over
            """;

    static Stream<Arguments> cells() {
        return TransitionTable.cells(TABLE);
    }

    @ParameterizedTest(name = "{1} in state {0}: {2}")
    @MethodSource("cells")
    void everyTriggerInEveryStateLeadsWhereTheTableSays(String from, String name, String to) {
        OneshotState<String> state = TransitionTable.byName(from, STATES);
        Trigger<String> trigger = TransitionTable.byName(name, TRIGGERS);
        if (to.equals("!")) {
            assertThatThrownBy(() -> state.on(trigger))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(from)
                    .hasMessageContaining(name);
        } else {
            assertThat(state.on(trigger)).isEqualTo(TransitionTable.byName(to, STATES));
        }
    }

    @Test
    void theTableIsComplete() {
        assertThat(cells().map(a -> a.get()[0]).distinct())
                .hasSize(OneshotState.class.getPermittedSubclasses().length);
        assertThat(cells().map(a -> a.get()[1]).distinct())
                .hasSize(OneshotState.Trigger.class.getPermittedSubclasses().length);
    }
}
