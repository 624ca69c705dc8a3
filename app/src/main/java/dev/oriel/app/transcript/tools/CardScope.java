package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.options.RenderOptions;
import java.util.Locale;

/// One tool call at its place in the conversation.
///
/// @param itemId the item that shows it
/// @param part names the call within its item; empty if the item is the call itself
/// @param depth how many cards it is inside of
/// @param seq the position of the message with the call; 0 if unknown
record CardScope(
        String itemId, String part, int depth, long seq, ToolRun run, RenderOptions options) {
    /// Room at the left for each card around this one, pixels.
    private static final int INDENT = 24;

    /// A call inside of this one.
    CardScope inner(ToolRun call) {
        String name = part.isEmpty() ? call.toolUseId() : part + "/" + call.toolUseId();
        return new CardScope(itemId, name, depth + 1, 0, call, options);
    }

    int indent() {
        return depth * INDENT;
    }

    /// The style class of the kind of tool.
    String kindClass() {
        return "kind-" + run.kind().name().toLowerCase(Locale.ROOT);
    }

    /// Whether the card is open.
    ///
    /// @param atFirst whether it is open by default
    boolean isOpen(boolean atFirst) {
        return part.isEmpty() ? options.isOpen(atFirst) : options.isPartOpen(part, atFirst);
    }

    /// What opens or closes the card.
    ClickAction toggle() {
        return part.isEmpty()
                ? new ClickAction.Toggle(itemId)
                : new ClickAction.TogglePart(itemId, part);
    }

    /// Whether a section of the card is open that is closed by default.
    boolean isSectionOpen(String name) {
        return options.isPartOpen(section(name), false);
    }

    /// Whether the user opened a section of the card.
    boolean isSectionOpened(String name) {
        return options.parts().contains(section(name));
    }

    ClickAction toggleSection(String name) {
        return new ClickAction.TogglePart(itemId, section(name));
    }

    /// The name of a section as a part of the item.
    String section(String name) {
        return part + "#" + name;
    }

    /// What shows more of long texts.
    ClickAction showMore() {
        return new ClickAction.ShowMore(itemId);
    }

    boolean hasFailed() {
        return run.state() instanceof ToolState.Failed;
    }
}
