package dev.oriel.app.conversation.item;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One part of a conversation that the user reads. Immutable: a change makes another item with the
/// same [#id()].
public sealed interface Item {
    /// Unique among the held items, and stable while the item is held.
    String id();

    /// The position of its message in the session's journal, from 1; 0 while it is only streamed.
    long seq();

    /// Whether it is an answer that is being streamed.
    default boolean isGrowing() {
        return this instanceof Answer a && a.open();
    }

    /// A prompt of the user.
    ///
    /// @param attachments images, documents and other content besides the text
    record Prompt(String id, long seq, String text, List<Attachment> attachments) implements Item {
        public Prompt {
            attachments = List.copyOf(attachments);
        }
    }

    /// Text of Claude, in Markdown.
    ///
    /// @param open whether it is still being streamed
    record Answer(String id, long seq, String markdown, boolean open) implements Item {}

    /// Claude's thinking before an answer.
    ///
    /// @param text empty if the API does not show it
    /// @param took how long it took; null if unknown
    /// @param since when it began, while it is open; null if unknown
    /// @param redacted whether the API encrypted it
    record Thinking(
            String id,
            long seq,
            String text,
            boolean open,
            @Nullable Duration took,
            @Nullable Instant since,
            boolean redacted)
            implements Item {
        /// Thinking of which neither the start is known nor that it is encrypted.
        public Thinking(String id, long seq, String text, boolean open, @Nullable Duration took) {
            this(id, seq, text, open, took, null, false);
        }
    }

    /// A tool call with its result.
    record Tool(String id, long seq, ToolRun run) implements Item {
        public Tool with(ToolRun next) {
            return new Tool(id, seq, next);
        }
    }

    /// The end of a turn.
    ///
    /// @param took how long the turn took; null if unknown
    /// @param tokensIn tokens that the model received, cached or not
    /// @param costUsd of this turn alone; null if unknown
    record TurnEnd(
            String id,
            long seq,
            Outcome outcome,
            @Nullable Duration took,
            long tokensIn,
            long tokensOut,
            @Nullable Double costUsd)
            implements Item {}

    /// An event that is not part of the dialogue.
    ///
    /// @param details further lines, shown on demand; may be empty
    /// @param steps what the user can do about it, while it is the last that happened
    /// @param until when what it tells of is over; null if unknown
    record Notice(
            String id,
            long seq,
            Level level,
            String text,
            List<String> details,
            List<NextStep> steps,
            @Nullable Instant until)
            implements Item {
        public Notice {
            details = List.copyOf(details);
            steps = List.copyOf(steps);
        }

        /// A notice about which nothing is to be done.
        public Notice(String id, long seq, Level level, String text, List<String> details) {
            this(id, seq, level, text, details, List.of(), null);
        }

        public Notice withSteps(List<NextStep> next) {
            return new Notice(id, seq, level, text, details, next, until);
        }

        public Notice withUntil(@Nullable Instant time) {
            return new Notice(id, seq, level, text, details, steps, time);
        }
    }

    /// Claude replaced the conversation so far by a summary.
    ///
    /// @param before tokens before; 0 if unknown
    /// @param after tokens after; 0 if unknown
    /// @param summary in Markdown; may be empty
    record Compaction(String id, long seq, long before, long after, String summary)
            implements Item {}

    /// One line for the work of a turn, in place of the items that are hidden. Only what is shown
    /// has it, never a conversation.
    ///
    /// @param hidden the items that it stands for, at least one
    /// @param took how long the turn took; null if unknown
    /// @param running whether the turn goes on
    record Work(String id, long seq, List<Item> hidden, @Nullable Duration took, boolean running)
            implements Item {
        /// The start of the id; the rest is the id of the first hidden item.
        public static final String PREFIX = "work:";

        public Work {
            hidden = List.copyOf(hidden);
        }

        public boolean hides(String itemId) {
            return hidden.stream().anyMatch(i -> i.id().equals(itemId));
        }
    }

    /// How prominently a notice is shown.
    enum Level {
        /// Shown only at the level of all details.
        TRACE,
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
