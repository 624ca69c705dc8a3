package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.dialect.enhanced.QueryState.Attached;
import dev.oriel.dialect.enhanced.QueryState.Closed;
import dev.oriel.dialect.enhanced.QueryState.Detached;
import dev.oriel.dialect.enhanced.QueryState.Querying;
import dev.oriel.dialect.enhanced.QueryState.Trigger;
import dev.oriel.testing.data.TransitionTable;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every trigger in every state of a [QueryRunner].
class QueryStateTest {
    private static final QueryRun RUN = new QueryRun(new UUID(0, 1), null, 0, 0);

    private static final List<QueryState<String>> STATES =
            List.of(
                    new Detached<>(),
                    new Attached<>("session"),
                    new Querying<>("session", RUN),
                    new Closed<>());

    private static final List<Trigger<String>> TRIGGERS =
            List.of(
                    new Trigger.QueryStarted<>("session", RUN),
                    new Trigger.QueryFinished<>(),
                    new Trigger.SessionDeleted<>(),
                    new Trigger.Disconnected<>());

    /// `!` is illegal.
    private static final String TABLE =
            """
            state    | QueryStarted | QueryFinished | SessionDeleted | Disconnected
            Detached | Querying     | !             | !              | Closed
            Attached | Querying     | !             | Detached       | Closed
            Querying | !            | Attached      | Detached       | Closed
            Closed   | !            | !             | !              | !
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
        TransitionTable.assertComplete(TABLE, QueryState.class, QueryState.Trigger.class);
    }

    @Test
    void aQueryInAnotherSessionReplacesTheAttachment() {
        QueryState<String> state =
                new Attached<>("before").on(new Trigger.QueryStarted<>("now", RUN));
        assertThat(state).isEqualTo(new Querying<>("now", RUN));
        assertThat(state.on(new Trigger.QueryFinished<>())).isEqualTo(new Attached<>("now"));
    }

    @Test
    void theAttachmentIsKnownUntilTheSessionIsDeletedOrTheClientDisconnects() {
        assertThat(STATES.stream().map(s -> String.valueOf(s.lastAttachment())))
                .containsExactly("null", "session", "session", "null");
    }
}
