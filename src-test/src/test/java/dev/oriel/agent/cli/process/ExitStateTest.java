package dev.oriel.agent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.cli.process.ExitState.Branching;
import dev.oriel.agent.cli.process.ExitState.ConversationMissing;
import dev.oriel.agent.cli.process.ExitState.Ending;
import dev.oriel.agent.cli.process.ExitState.Resuming;
import dev.oriel.agent.cli.process.ExitState.Starting;
import dev.oriel.agent.cli.process.ExitState.Talking;
import dev.oriel.agent.cli.process.ExitState.Trigger;
import dev.oriel.testing.data.TransitionTable;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of what is known about the end of a CLI: every trigger in every state.
class ExitStateTest {
    private static final Map<String, ExitState> STATES =
            Map.ofEntries(
                    Map.entry("starting", new Starting()),
                    Map.entry("branching", new Branching()),
                    Map.entry("resuming", new Resuming()),
                    Map.entry("talking", new Talking()),
                    Map.entry("missing", new ConversationMissing()),
                    Map.entry("closing", new Ending(new Starting(), false)),
                    Map.entry("closing, talking", new Ending(new Talking(), false)),
                    Map.entry("closing, resuming", new Ending(new Resuming(), false)),
                    Map.entry("closing, missing", new Ending(new ConversationMissing(), false)),
                    Map.entry("forced", new Ending(new Talking(), true)),
                    Map.entry("forced early", new Ending(new Starting(), true)));

    /// `!` is illegal, `-` changes nothing, `*` is [Ending] with `forced` and the state before.
    private static final String TABLE =
            """
            state             | ConversationTaken | OutputReceived   | ConversationNotFound | CloseRequested | \
            InterruptEnforced
            starting          | resuming          | talking          | !                    | *              | *
            branching         | resuming          | talking          | missing              | *              | *
            resuming          | !                 | talking          | missing              | *              | *
            talking           | !                 | -                | !                    | *              | *
            missing           | !                 | -                | -                    | *              | *
            closing           | !                 | closing, talking | !                    | -              | *
            closing, resuming | !                 | closing, talking | closing, missing     | -              | *
            forced            | !                 | -                | !                    | -              | *
            forced early      | !                 | forced           | !                    | -              | *
            """;

    static Stream<Arguments> rows() {
        return TransitionTable.cells(TABLE);
    }

    @ParameterizedTest(name = "{1} in state {0}: {2}")
    @MethodSource("rows")
    void everyTriggerInEveryStateLeadsWhereTheTableSays(String from, String name, String to) {
        ExitState state = STATES.get(from);
        Trigger trigger = trigger(name);
        switch (to) {
            case "!" ->
                    assertThatThrownBy(() -> state.on(trigger))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(name);
            case "-" -> assertThat(state.on(trigger)).isEqualTo(state);
            case "*" -> {
                ExitState before = state instanceof Ending(ExitState b, _) ? b : state;
                assertThat(state.on(trigger))
                        .isEqualTo(new Ending(before, name.equals("InterruptEnforced")));
            }
            default -> assertThat(state.on(trigger)).isEqualTo(STATES.get(to));
        }
    }

    @Test
    void theTableIsComplete() {
        assertThat(rows().map(a -> STATES.get((String) a.get()[0]).getClass()).distinct())
                .hasSize(ExitState.class.getPermittedSubclasses().length);
        assertThat(rows().map(a -> a.get()[1]).distinct())
                .hasSize(Trigger.class.getPermittedSubclasses().length);
    }

    private static Trigger trigger(String name) {
        return Stream.of(
                        new Trigger.ConversationTaken(),
                        new Trigger.OutputReceived(),
                        new Trigger.ConversationNotFound(),
                        new Trigger.CloseRequested(),
                        new Trigger.InterruptEnforced())
                .filter(t -> t.getClass().getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
