package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;

/// How the calls of one kind of tool are shown. Stateless and pure, on any thread.
interface ToolCard {
    /// Adds what the opened card shows.
    void write(CardScope card, CardBody body);

    /// The name of the tool in the first line.
    default String title(ToolRun run) {
        return run.title();
    }

    /// The telling argument in the first line; may be empty.
    default String argument(ToolRun run) {
        return run.argument();
    }

    /// What the first line says besides state and duration, such as counts; may be empty.
    default String facts(ToolRun run) {
        return "";
    }

    /// What the first line says of a failed call.
    default String failure(ToolRun run) {
        return "failed";
    }

    /// Whether the work goes on in the background after the call; then [#facts] says how it ended.
    default boolean isBackground(ToolRun run) {
        return false;
    }

    /// Whether the card is open until the user closes it.
    default boolean opens(ToolRun run) {
        return run.state() instanceof ToolState.Failed;
    }
}
