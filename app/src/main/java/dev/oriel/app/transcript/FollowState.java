package dev.oriel.app.transcript;

import dev.oriel.app.conversation.paging.ReadingPosition;

/// Whether the view follows the end of a growing conversation. All transitions stand in one table,
/// [#on(Trigger)]; [#scrollIn(Trigger.Frame)] determines what a frame scrolls. Pure.
sealed interface FollowState {
    /// Whether the user's last scroll was towards the end. Once such a scroll is near the end, the
    /// view follows again.
    boolean movingDown();

    /// Shows the end, and scrolls to it whenever the document grows.
    ///
    /// @param scrollDue whether the next frame scrolls to the end even if the document is the same
    record AtEnd(boolean scrollDue, boolean movingDown) implements FollowState {}

    /// Shows the end, but the next change of the document keeps its place on the screen: the user
    /// opened or closed an item, which must not move.
    record Holding(boolean movingDown) implements FollowState {}

    /// Shows a place that the user scrolled to.
    record Away(boolean movingDown) implements FollowState {}

    /// Waits for the paragraphs of a position that are not rendered yet.
    record Seeking(ReadingPosition.At goal, boolean movingDown) implements FollowState {}

    /// What changes the state.
    sealed interface Trigger {
        /// The user scrolled up, or moved the caret up.
        record ScrolledUp() implements Trigger {}

        /// The user scrolled down.
        record ScrolledDown() implements Trigger {}

        /// The visible area became higher or lower.
        record Resized() implements Trigger {}

        /// The user asked for the end.
        record JumpedToEnd() implements Trigger {}

        /// The conversation was opened at a position, or a search hit is to be shown.
        record PositionSet(ReadingPosition position) implements Trigger {}

        /// The user opened or closed an item.
        record ItemToggled() implements Trigger {}

        /// A frame compared the document with the items.
        ///
        /// @param changed whether the document changed at all
        /// @param changedAtReader whether it changed at the upper edge of what is visible
        /// @param nearEnd whether the end is in sight, or nearly so
        /// @param goalRendered whether the paragraphs of [Seeking#goal()] are in the document
        record Frame(
                boolean changed, boolean changedAtReader, boolean nearEnd, boolean goalRendered)
                implements Trigger {}
    }

    /// What a frame scrolls.
    enum Scroll {
        NONE,
        /// To the last paragraph.
        TO_END,
        /// To [Seeking#goal()].
        TO_GOAL,
        /// To where the reader was before the change.
        TO_POSITION_BEFORE
    }

    /// The view follows the end from the start of its life.
    static FollowState initial() {
        return new AtEnd(false, false);
    }

    /// The state after a trigger. Every trigger is legal in every state.
    default FollowState on(Trigger trigger) {
        return switch (trigger) {
            case Trigger.ScrolledUp() -> new Away(false);
            case Trigger.ScrolledDown() -> down();
            case Trigger.JumpedToEnd() -> new AtEnd(true, movingDown());
            case Trigger.PositionSet(ReadingPosition.AtEnd()) -> new AtEnd(true, movingDown());
            case Trigger.PositionSet(ReadingPosition.At goal) -> new Seeking(goal, movingDown());
            case Trigger.Resized() -> this instanceof AtEnd ? new AtEnd(true, movingDown()) : this;
            case Trigger.ItemToggled() -> this instanceof AtEnd ? new Holding(movingDown()) : this;
            case Trigger.Frame frame -> afterFrame(frame);
        };
    }

    private FollowState down() {
        return switch (this) {
            case AtEnd(boolean scrollDue, _) -> new AtEnd(scrollDue, true);
            case Holding _ -> new Holding(true);
            case Away _ -> new Away(true);
            case Seeking(ReadingPosition.At goal, _) -> new Seeking(goal, true);
        };
    }

    private FollowState afterFrame(Trigger.Frame frame) {
        return switch (this) {
            case AtEnd _ -> new AtEnd(false, movingDown());
            case Holding _ -> frame.changed() ? new Away(movingDown()) : this;
            case Away(boolean down) ->
                    down && frame.nearEnd() && !frame.changedAtReader()
                            ? new AtEnd(false, true)
                            : this;
            case Seeking _ -> frame.goalRendered() ? new Away(movingDown()) : this;
        };
    }

    /// What a frame scrolls in this state.
    default Scroll scrollIn(Trigger.Frame frame) {
        return switch (this) {
            case AtEnd(boolean scrollDue, _) ->
                    frame.changed() || scrollDue ? Scroll.TO_END : Scroll.NONE;
            case Holding _ -> Scroll.NONE;
            case Away _ -> frame.changedAtReader() ? Scroll.TO_POSITION_BEFORE : Scroll.NONE;
            case Seeking _ -> frame.goalRendered() ? Scroll.TO_GOAL : Scroll.NONE;
        };
    }

    /// Whether the end stays in sight while the conversation grows.
    default boolean isFollowing() {
        return this instanceof AtEnd || this instanceof Holding;
    }
}
