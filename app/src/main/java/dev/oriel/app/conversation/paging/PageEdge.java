package dev.oriel.app.conversation.paging;

/// What lies beyond one edge of the held part of a conversation, and whether it was requested. All
/// transitions stand in one table, [#on(Trigger)]. Pure.
sealed interface PageEdge {
    /// The conversation has no messages beyond this edge.
    record Complete() implements PageEdge {}

    /// There are more messages, and none of them were requested.
    record More() implements PageEdge {}

    /// The page beyond this edge was requested.
    record Loading() implements PageEdge {}

    /// The requested page no longer adjoins the held part, because its edge moved. It is discarded
    /// when it arrives.
    ///
    /// @param more whether there are messages beyond the edge
    record Stale(boolean more) implements PageEdge {}

    /// What changes an edge.
    sealed interface Trigger {
        /// The page beyond the edge was requested.
        record Requested() implements Trigger {}

        /// A page arrived.
        ///
        /// @param more whether there are messages beyond it
        record Arrived(boolean more) implements Trigger {}

        /// A page could not be loaded.
        record Failed() implements Trigger {}

        /// Messages at this edge were dropped.
        record Trimmed() implements Trigger {}

        /// Another part of the conversation is held.
        ///
        /// @param more whether there are messages beyond the edge of that part
        record Replaced(boolean more) implements Trigger {}
    }

    /// An edge that nothing was requested for.
    static PageEdge of(boolean more) {
        return more ? new More() : new Complete();
    }

    /// The state after a trigger.
    ///
    /// @throws IllegalStateException if a page is requested where there is none, or twice: a bug
    default PageEdge on(Trigger trigger) {
        return switch (this) {
            case Complete() ->
                    switch (trigger) {
                        case Trigger.Requested() -> throw illegal(trigger);
                        case Trigger.Arrived _, Trigger.Failed() -> this;
                        case Trigger.Trimmed() -> new More();
                        case Trigger.Replaced(boolean more) -> of(more);
                    };
            case More() ->
                    switch (trigger) {
                        case Trigger.Requested() -> new Loading();
                        case Trigger.Arrived(boolean more) -> of(more);
                        case Trigger.Failed(), Trigger.Trimmed() -> this;
                        case Trigger.Replaced(boolean more) -> of(more);
                    };
            case Loading() ->
                    switch (trigger) {
                        case Trigger.Requested() -> throw illegal(trigger);
                        case Trigger.Arrived(boolean more) -> of(more);
                        case Trigger.Failed() -> new More();
                        case Trigger.Trimmed() -> new Stale(true);
                        case Trigger.Replaced(boolean more) -> new Stale(more);
                    };
            case Stale(boolean before) ->
                    switch (trigger) {
                        case Trigger.Requested() -> throw illegal(trigger);
                        case Trigger.Arrived _, Trigger.Failed() -> of(before);
                        case Trigger.Trimmed() -> new Stale(true);
                        case Trigger.Replaced(boolean more) -> new Stale(more);
                    };
        };
    }

    /// Whether there are messages beyond the edge.
    default boolean hasMore() {
        return switch (this) {
            case Complete() -> false;
            case More(), Loading() -> true;
            case Stale(boolean more) -> more;
        };
    }

    private IllegalStateException illegal(Trigger trigger) {
        return new IllegalStateException(
                trigger.getClass().getSimpleName() + " in state " + getClass().getSimpleName());
    }
}
