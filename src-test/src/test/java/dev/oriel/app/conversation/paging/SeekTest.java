package dev.oriel.app.conversation.paging;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.conversation.paging.Seek.Idle;
import dev.oriel.app.conversation.paging.Seek.Loading;
import dev.oriel.app.conversation.paging.Seek.Trigger;
import dev.oriel.app.conversation.paging.Seek.Unopened;
import dev.oriel.app.conversation.paging.Seek.Wanted;
import dev.oriel.testing.data.TransitionTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of seeking a search hit: every trigger in every state.
class SeekTest {
    private static final SearchTarget A = new SearchTarget(7, List.of("a"), "a");
    private static final SearchTarget B = new SearchTarget(9, List.of("b"), "b");

    /// Another word of the same message as [#A].
    private static final SearchTarget A_AGAIN = new SearchTarget(7, List.of("c"), "c");

    private static final Map<String, Seek> STATES =
            Map.of(
                    "unopened", new Unopened(null),
                    "unopened A", new Unopened(A),
                    "idle", new Idle(),
                    "wanted A", new Wanted(A),
                    "loading A", new Loading(A));

    private static final Map<String, Trigger> TRIGGERS =
            Map.of(
                    "GoTo(A')", new Trigger.GoTo(A_AGAIN),
                    "GoTo(B)", new Trigger.GoTo(B),
                    "Opened", new Trigger.Opened(),
                    "Requested", new Trigger.Requested(),
                    "Replaced", new Trigger.Replaced(),
                    "Finished", new Trigger.Finished());

    /// `!` is illegal.
    private static final String TABLE =
            """
            state      | GoTo(A')    | GoTo(B)    | Opened    | Requested | Replaced   | Finished
            unopened   | unopened A' | unopened B | idle      | !         | unopened   | unopened
            unopened A | unopened A' | unopened B | wanted A  | !         | unopened A | unopened
            idle       | wanted A'   | wanted B   | idle      | !         | idle       | idle
            wanted A   | wanted A'   | wanted B   | wanted A  | loading A | wanted A   | idle
            loading A  | loading A'  | wanted B   | loading A | !         | wanted A   | idle
            """;

    static Stream<Arguments> rows() {
        return TransitionTable.cells(TABLE);
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @MethodSource("rows")
    void everyTriggerInEveryStateLeadsWhereTheTableSays(String from, String trigger, String to) {
        Seek seek = requireNonNull(STATES.get(from));
        if (to.equals("!")) {
            assertThatThrownBy(() -> seek.on(requireNonNull(TRIGGERS.get(trigger))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(trigger);
        } else {
            assertThat(describe(seek.on(requireNonNull(TRIGGERS.get(trigger))))).isEqualTo(to);
        }
    }

    @Test
    void theTableHasEveryStateAndEveryTrigger() {
        assertThat(STATES.values().stream().map(Seek::getClass).distinct())
                .hasSize(Seek.class.getPermittedSubclasses().length);
        assertThat(TRIGGERS.values().stream().map(Trigger::getClass).distinct())
                .hasSize(Trigger.class.getPermittedSubclasses().length);
        assertThat(rows()).hasSize(STATES.size() * TRIGGERS.size());
    }

    @Test
    void aTargetCountsOnceAConversationIsOpen() {
        assertThat(new Unopened(A).target()).isEmpty();
        assertThat(new Idle().target()).isEmpty();
        assertThat(new Wanted(A).target()).contains(A);
        assertThat(new Loading(A).target()).contains(A);
    }

    private static String describe(Seek seek) {
        return switch (seek) {
            case Unopened(SearchTarget wanted) ->
                    wanted == null ? "unopened" : "unopened " + name(wanted);
            case Idle() -> "idle";
            case Wanted(SearchTarget wanted) -> "wanted " + name(wanted);
            case Loading(SearchTarget wanted) -> "loading " + name(wanted);
        };
    }

    private static String name(SearchTarget target) {
        return target.equals(A) ? "A" : target.equals(B) ? "B" : "A'";
    }
}
