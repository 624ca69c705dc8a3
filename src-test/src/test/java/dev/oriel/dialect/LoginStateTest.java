package dev.oriel.dialect;

import dev.oriel.dialect.LoginState.Admitted;
import dev.oriel.dialect.LoginState.Closed;
import dev.oriel.dialect.LoginState.Connecting;
import dev.oriel.dialect.LoginState.LoggingIn;
import dev.oriel.dialect.LoginState.Refused;
import dev.oriel.dialect.LoginState.Trigger;
import dev.oriel.testing.data.TransitionTable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every trigger in every state of a login.
class LoginStateTest {
    private static final List<LoginState<String, String>> STATES =
            List.of(
                    new Connecting<>(),
                    new LoggingIn<>("deadline"),
                    new Admitted<>("connection"),
                    new Refused<>(),
                    new Closed<>());

    private static final List<Trigger<String, String>> TRIGGERS =
            List.of(
                    new Trigger.LoginRequired<>("deadline"),
                    new Trigger.Admission<>("connection"),
                    new Trigger.Refusal<>(),
                    new Trigger.Disconnected<>());

    /// `!` is illegal.
    private static final String TABLE =
            """
            state      | LoginRequired | Admission | Refusal | Disconnected
            Connecting | LoggingIn     | Admitted  | Refused | Closed
            LoggingIn  | !             | Admitted  | Refused | Closed
            Admitted   | !             | !         | !       | Closed
            Refused    | !             | !         | !       | Closed
            Closed     | !             | !         | !       | !
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
        TransitionTable.assertComplete(TABLE, LoginState.class, LoginState.Trigger.class);
    }
}
