package dev.oriel.app.transcript;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.transcript.FollowState.AtEnd;
import dev.oriel.app.transcript.FollowState.Away;
import dev.oriel.app.transcript.FollowState.Holding;
import dev.oriel.app.transcript.FollowState.Scroll;
import dev.oriel.app.transcript.FollowState.Seeking;
import dev.oriel.app.transcript.FollowState.Trigger;
import dev.oriel.app.transcript.FollowState.Trigger.Frame;
import dev.oriel.testing.data.TransitionTable;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The tables of following: every trigger in every state, and what each frame scrolls.
class FollowStateTest {
    private static final ReadingPosition.At GOAL = new ReadingPosition.At("item", 2, -4);
    private static final ReadingPosition.At OTHER = new ReadingPosition.At("other", 0, 0);

    private static final Map<String, FollowState> STATES =
            Map.of(
                    "end", new AtEnd(false, false),
                    "end/due", new AtEnd(true, false),
                    "hold", new Holding(false),
                    "away", new Away(false),
                    "seek", new Seeking(GOAL, false));

    private static final Map<String, Trigger> TRIGGERS =
            Map.of(
                    "ScrolledUp", new Trigger.ScrolledUp(),
                    "ScrolledDown", new Trigger.ScrolledDown(),
                    "Resized", new Trigger.Resized(),
                    "JumpedToEnd", new Trigger.JumpedToEnd(),
                    "PositionSet(end)", new Trigger.PositionSet(new ReadingPosition.AtEnd()),
                    "PositionSet(at)", new Trigger.PositionSet(OTHER),
                    "ItemToggled", new Trigger.ItemToggled(),
                    "Frame(same)", new Frame(false, false, false, false),
                    "Frame(grown)", new Frame(true, false, false, false));

    /// `+` marks a state after a scroll towards the end.
    private static final String TABLE =
            """
            state   | ScrolledUp | ScrolledDown | Resized | JumpedToEnd | PositionSet(end) | PositionSet(at) | \
            ItemToggled | Frame(same) | Frame(grown)
            end     | away       | end+         | end/due | end/due     | end/due          | seek other      | \
            hold        | end         | end
            end/due | away       | end/due+     | end/due | end/due     | end/due          | seek other      | \
            hold        | end         | end
            hold    | away       | hold+        | hold    | end/due     | end/due          | seek other      | \
            hold        | hold        | away
            away    | away       | away+        | away    | end/due     | end/due          | seek other      | \
            away        | away        | away
            seek    | away       | seek+        | seek    | end/due     | end/due          | seek other      | \
            seek        | seek        | seek
            """;

    static Stream<Arguments> rows() {
        return TransitionTable.cells(TABLE);
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @MethodSource("rows")
    void everyTriggerInEveryStateLeadsWhereTheTableSays(String from, String trigger, String to) {
        FollowState next =
                requireNonNull(STATES.get(from)).on(requireNonNull(TRIGGERS.get(trigger)));

        assertThat(describe(next)).isEqualTo(to);
    }

    @Test
    void theTableHasEveryStateAndEveryTrigger() {
        assertThat(STATES.values().stream().map(FollowState::getClass).distinct())
                .hasSize(FollowState.class.getPermittedSubclasses().length);
        assertThat(TRIGGERS.values().stream().map(Trigger::getClass).distinct())
                .hasSize(Trigger.class.getPermittedSubclasses().length);
        assertThat(rows()).hasSize(STATES.size() * TRIGGERS.size());
    }

    @ParameterizedTest(name = "moving down {0}, near the end {1}, changed at the reader {2}: {3}")
    @CsvSource({
        "true,  true,  false, end+",
        "true,  true,  true,  away+",
        "true,  false, false, away+",
        "false, true,  false, away",
    })
    void aDownwardScrollNearTheEndFollowsAgain(
            boolean down, boolean nearEnd, boolean changedAtReader, String to) {
        FollowState next =
                new Away(down).on(new Frame(changedAtReader, changedAtReader, nearEnd, false));

        assertThat(describe(next)).isEqualTo(to);
    }

    @ParameterizedTest(name = "{0}, changed {1}, at the reader {2}, goal rendered {3}: {4}")
    @CsvSource({
        "end,     false, false, false, NONE",
        "end,     true,  false, false, TO_END",
        "end,     true,  true,  false, TO_END",
        "end/due, false, false, false, TO_END",
        "hold,    true,  true,  false, NONE",
        "away,    true,  false, false, NONE",
        "away,    true,  true,  false, TO_POSITION_BEFORE",
        "seek,    true,  true,  false, NONE",
        "seek,    false, false, true,  TO_GOAL",
    })
    void eachFrameScrollsWhatTheTableSays(
            String state, boolean changed, boolean atReader, boolean goal, Scroll scroll) {
        assertThat(
                        requireNonNull(STATES.get(state))
                                .scrollIn(new Frame(changed, atReader, false, goal)))
                .isEqualTo(scroll);
    }

    @Test
    void aGoalThatIsRenderedIsReachedOnce() {
        assertThat(new Seeking(GOAL, true).on(new Frame(true, false, false, true)))
                .isEqualTo(new Away(true));
    }

    @Test
    void theDirectionOfTheLastScrollOutlivesTheStateItWasMadeIn() {
        FollowState down = new AtEnd(false, false).on(new Trigger.ScrolledDown());

        FollowState toggled = down.on(new Trigger.ItemToggled());
        FollowState away = toggled.on(new Frame(true, false, false, false));

        assertThat(away).isEqualTo(new Away(true));
    }

    @Test
    void onlyTheEndIsFollowed() {
        assertThat(STATES.entrySet().stream().filter(e -> e.getValue().isFollowing()))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("end", "end/due", "hold");
        assertThat(FollowState.initial().isFollowing()).isTrue();
    }

    private static String describe(FollowState state) {
        String name =
                switch (state) {
                    case AtEnd(boolean due, _) -> due ? "end/due" : "end";
                    case Holding _ -> "hold";
                    case Away _ -> "away";
                    case Seeking(ReadingPosition.At goal, _) ->
                            goal.equals(GOAL) ? "seek" : "seek other";
                };
        return state.movingDown() ? name + "+" : name;
    }
}
