package dev.oriel.dialect.relay;

import dev.oriel.dialect.relay.RelayState.Closed;
import dev.oriel.dialect.relay.RelayState.Rejected;
import dev.oriel.dialect.relay.RelayState.Subscribed;
import dev.oriel.dialect.relay.RelayState.Trigger;
import dev.oriel.dialect.relay.RelayState.Unsubscribed;
import dev.oriel.testing.data.TransitionTable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every trigger in every state of a connection to the relay.
class RelayStateTest {
    private static final List<RelayState<String>> STATES =
            List.of(
                    new Rejected<>(),
                    new Unsubscribed<>(),
                    new Subscribed<>("conversation"),
                    new Closed<>());

    private static final List<Trigger<String>> TRIGGERS =
            List.of(
                    new Trigger.ConversationJoined<>("conversation"),
                    new Trigger.ConversationDeleted<>(),
                    new Trigger.Disconnected<>());

    /// `!` is illegal.
    private static final String TABLE =
            """
            state        | ConversationJoined | ConversationDeleted | Disconnected
            Rejected     | !                  | !                   | Closed
            Unsubscribed | Subscribed         | !                   | Closed
            Subscribed   | !                  | Unsubscribed        | Closed
            Closed       | !                  | !                   | !
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
        TransitionTable.assertComplete(TABLE, RelayState.class, RelayState.Trigger.class);
    }
}
