package dev.oriel.app.conversation.item;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing in a conversation that a person reads. Immutable: a change makes another item with the
/// same [#id()].
public sealed interface Item {
    /// Unique in the window of the conversation that is held, and stable while the item stays in
    /// it.
    String id();

    /// Position of the message that it came from in the session's journal, from 1; 0 while it is
    /// only streamed.
    long seq();

    /// What the person wrote.
    ///
    /// @param attachments images and documents that went along
    record Prompt(String id, long seq, String text, int attachments) implements Item {}

    /// Text of Claude's, in Markdown.
    ///
    /// @param open whether more of it is still coming
    record Answer(String id, long seq, String markdown, boolean open) implements Item {}

    /// What Claude thought before it spoke.
    ///
    /// @param took how long, where that is known
    record Thinking(String id, long seq, String text, boolean open, @Nullable Duration took)
            implements Item {}

    /// A tool call with all that became of it.
    record Tool(String id, long seq, ToolRun run) implements Item {
        public Tool with(ToolRun next) {
            return new Tool(id, seq, next);
        }
    }

    /// The end of a turn.
    ///
    /// @param took how long the turn was, where it is known
    /// @param tokensIn what went to the model, cached or not
    /// @param costUsd of this turn alone; null where it cannot be told
    record TurnEnd(
            String id,
            long seq,
            Outcome outcome,
            @Nullable Duration took,
            long tokensIn,
            long tokensOut,
            @Nullable Double costUsd)
            implements Item {}

    /// Something that happened, which nobody said.
    ///
    /// @param details more lines, shown on demand; may be empty
    record Notice(String id, long seq, Level level, String text, List<String> details)
            implements Item {
        public Notice {
            details = List.copyOf(details);
        }
    }

    /// Offers to send again what stands right before it.
    record Retry(String id, long seq) implements Item {}

    /// How loud a notice is.
    enum Level {
        QUIET,
        INFO,
        WARNING,
        ERROR
    }

    /// How a turn ended.
    enum Outcome {
        COMPLETED,
        STOPPED,
        FAILED
    }
}
