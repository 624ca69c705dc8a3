package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.dialect.QueryMeter.Outcome;
import dev.oriel.testing.data.TransitionTable;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which phase of a query can follow which.
class QueryPhaseTest {
    private static final QueryPhase.Running RUNNING =
            new QueryPhase.Running(null, new QueryPhase.Ending.Succeeded());

    private static final Map<String, QueryPhase> PHASES =
            Map.of(
                    "waiting", new QueryPhase.Waiting(true),
                    "running", RUNNING,
                    "stopping before", new QueryPhase.Stopping(false, true),
                    "stopping within", new QueryPhase.Stopping(true, true),
                    "finished", new QueryPhase.Finished(Outcome.SUCCESS));

    /// `stopping before` and `within` the turn.
    private static final String TABLE =
            """
            from \\ to      | waiting | running | stopping before | stopping within | finished
            waiting         | yes     | yes     | yes             | yes             | yes
            running         | no      | yes     | no              | yes             | yes
            stopping before | no      | no      | yes             | yes             | yes
            stopping within | no      | no      | no              | yes             | yes
            finished        | no      | no      | no              | no              | no
            """;

    static Stream<Arguments> cells() {
        return TransitionTable.cells(TABLE);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @MethodSource("cells")
    void aQueryNeverGoesBack(String from, String to, String legal) {
        QueryPhase phase = PHASES.get(from);
        assertThat(phase.canBecome(PHASES.get(to))).isEqualTo(legal.equals("yes"));
    }

    @Test
    void theTableIsComplete() {
        assertThat(PHASES.values().stream().map(Object::getClass).distinct())
                .hasSize(QueryPhase.class.getPermittedSubclasses().length);
    }
}
