package dev.oriel.dialect.oneshot;

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
        TransitionTable.assertCell(from, name, to, STATES, TRIGGERS, (s, t) -> s.on(t));
    }

    @Test
    void theTableIsComplete() {
        TransitionTable.assertComplete(TABLE, OneshotState.class, OneshotState.Trigger.class);
    }
}
