package dev.oriel.app.conversation.paging;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.app.conversation.paging.PageEdge.Complete;
import dev.oriel.app.conversation.paging.PageEdge.Loading;
import dev.oriel.app.conversation.paging.PageEdge.More;
import dev.oriel.app.conversation.paging.PageEdge.Stale;
import dev.oriel.app.conversation.paging.PageEdge.Trigger;
import dev.oriel.testing.data.TransitionTable;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of an edge of the held part: every trigger in every state.
class PageEdgeTest {
    private static final Map<String, PageEdge> STATES =
            Map.of(
                    "complete", new Complete(),
                    "more", new More(),
                    "loading", new Loading(),
                    "stale(more)", new Stale(true),
                    "stale(end)", new Stale(false));

    private static final Map<String, Trigger> TRIGGERS =
            Map.of(
                    "Requested", new Trigger.Requested(),
                    "Arrived(more)", new Trigger.Arrived(true),
                    "Arrived(end)", new Trigger.Arrived(false),
                    "Failed", new Trigger.Failed(),
                    "Trimmed", new Trigger.Trimmed(),
                    "Replaced(more)", new Trigger.Replaced(true),
                    "Replaced(end)", new Trigger.Replaced(false));

    /// `!` is illegal.
    private static final String TABLE =
            """
            state       | Requested | Arrived(more) | Arrived(end) | Failed   | Trimmed     | Replaced(more) | \
            Replaced(end)
            complete    | !         | complete      | complete     | complete | more        | more           | complete
            more        | loading   | more          | complete     | more     | more        | more           | complete
            loading     | !         | more          | complete     | more     | stale(more) | stale(more)    | \
            stale(end)
            stale(more) | !         | more          | more         | more     | stale(more) | stale(more)    | \
            stale(end)
            stale(end)  | !         | complete      | complete     | complete | stale(more) | stale(more)    | \
            stale(end)
            """;

    static Stream<Arguments> rows() {
        return TransitionTable.cells(TABLE);
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @MethodSource("rows")
    void everyTriggerInEveryStateLeadsWhereTheTableSays(String from, String trigger, String to) {
        PageEdge edge = requireNonNull(STATES.get(from));
        if (to.equals("!")) {
            assertThatThrownBy(() -> edge.on(requireNonNull(TRIGGERS.get(trigger))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(edge.getClass().getSimpleName())
                    .hasMessageContaining(trigger);
        } else {
            assertThat(edge.on(requireNonNull(TRIGGERS.get(trigger))))
                    .isEqualTo(requireNonNull(STATES.get(to)));
        }
    }

    @Test
    void theTableHasEveryStateAndEveryTrigger() {
        assertThat(STATES.values().stream().map(PageEdge::getClass).distinct())
                .hasSize(PageEdge.class.getPermittedSubclasses().length);
        assertThat(TRIGGERS.values().stream().map(Trigger::getClass).distinct())
                .hasSize(Trigger.class.getPermittedSubclasses().length);
        assertThat(rows()).hasSize(STATES.size() * TRIGGERS.size());
    }

    @ParameterizedTest
    @CsvSource({
        "complete, false",
        "more, true",
        "loading, true",
        "stale(more), true",
        "stale(end), false"
    })
    void theStateKnowsWhetherThereAreMoreMessages(String state, boolean more) {
        assertThat(requireNonNull(STATES.get(state)).hasMore()).isEqualTo(more);
    }
}
