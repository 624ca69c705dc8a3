package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.message.BlockType;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.StreamEventType;
import dev.oriel.message.SystemSubtype;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Folds messages, in the order of the conversation, into items. Pure.
///
/// One instance folds one part of a conversation. Pages are joined to it by [#prepend(Timeline)]
/// and [#append(List)]. Unknown messages are ignored.
public final class Timeline {
    private final ItemWindow window = new ItemWindow();
    private final ToolCalls calls = new ToolCalls(window);
    private final StreamedAnswer streamed;
    private final AnswerBlocks answers;
    private final UnsentItems unsent;
    private final FailedTurn failedTurn = new FailedTurn(window);
    private final TimelineNotices notices = new TimelineNotices(window, failedTurn);
    private TurnResults turnResults = new TurnResults();
    private @Nullable Instant lastMessageAt;
    private int unnumbered;

    /// @param streamed the answer that is being streamed; it outlives the part that is held
    /// @param unsent the prompts that could not be sent, which are shown at the end
    public Timeline(StreamedAnswer streamed, UnsentItems unsent) {
        this.streamed = streamed;
        this.answers = new AnswerBlocks(window, calls, streamed, notices.echoes());
        this.unsent = unsent;
    }

    /// The items so far. A view that changes with the next message.
    public List<Item> items() {
        return window.items();
    }

    /// The item that shows the content of a message; null if it is not among the items.
    public @Nullable String itemOf(long seq) {
        return window.itemOf(seq);
    }

    /// Applies a message that follows all others.
    ///
    /// @param arrival when a live message arrived; null for an old one
    public void apply(Message message, @Nullable Instant arrival) {
        apply(message, arrival, false);
    }

    /// @param paged whether newer messages were tracked before, so that the message does not
    ///   replace what is being streamed
    private void apply(Message message, @Nullable Instant arrival, boolean paged) {
        JsonNode tree = message.tree();
        Instant stamp = MessageFields.timestamp(tree);
        Instant at = stamp != null ? stamp : arrival;
        String parent = MessageFields.parentToolUseId(tree);
        if (!parent.isEmpty()) {
            calls.addStep(parent, tree, at);
            return;
        }
        switch (message.type()) {
            case MessageType.STREAM_EVENT -> {
                JsonNode event = tree.path("event");
                if (MessageFields.text(event, "type").equals(StreamEventType.MESSAGE_START)) {
                    notices.finishRetries();
                }
                streamed.apply(event, at);
            }
            case MessageType.ASSISTANT -> assistant(tree, at, paged);
            case MessageType.USER -> user(tree, at, paged);
            case MessageType.RESULT -> result(tree);
            case MessageType.SYSTEM, MessageType.CONVERSATION_RESET -> {
                if (message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_SESSION)) {
                    if (!MessageFields.hasAsks(tree.path("session"))) {
                        calls.removeAllAsks(at);
                    }
                }
                system(message, tree, at);
            }
            case MessageType.CONTROL_REQUEST -> {
                if (message.is(MessageType.CONTROL_REQUEST, ControlSubtype.CAN_USE_TOOL)
                        && message.requestId() != null) {
                    calls.addAsk(
                            message.requestId(),
                            MessageFields.text(tree.path("request"), "tool_use_id"));
                }
            }
            case MessageType.CONTROL_CANCEL_REQUEST ->
                    removeAsk(String.valueOf(message.requestId()), at);
            case MessageType.RATE_LIMIT_EVENT -> notices.addLimit(itemId(tree, 0), tree, at);
            default -> {
                return;
            }
        }
        if (!message.isLiveOnly()) {
            lastMessageAt = at;
        }
    }

    /// The user resolved an ask, or it was withdrawn.
    public void removeAsk(String requestId, @Nullable Instant at) {
        calls.removeAsk(requestId, at);
    }

    /// Folds a page that follows. Newer messages than those of the page were folded or tracked
    /// before.
    public void append(List<Message> page) {
        page.forEach(m -> apply(m, null, true));
    }

    /// Adds the streamed blocks that have grown to [#items()]. To be called after each batch of
    /// messages.
    public void flushStreamed() {
        streamed.takeSuperseded().forEach(window::removeStreamed);
        for (Item item : streamed.changes()) {
            window.put(item);
        }
        unsent.show(window);
    }

    private void assistant(JsonNode tree, @Nullable Instant at, boolean paged) {
        calls.clearFailures();
        notices.finishRetries();
        Item.Notice error =
                answers.apply(
                        tree,
                        part -> itemId(tree, part),
                        new AnswerBlocks.Times(lastMessageAt, at),
                        paged);
        if (!MessageFields.isError(tree)) {
            failedTurn.onAnswer();
        } else if (error != null && tree.hasNonNull("error")) {
            failedTurn.onError(error, tree);
        }
    }

    private void user(JsonNode tree, @Nullable Instant at, boolean paged) {
        if (!paged) {
            streamed.endMessage();
        }
        JsonNode content = tree.path("message").path("content");
        for (JsonNode block : content) {
            if (MessageFields.text(block, "type").equals(BlockType.TOOL_RESULT)) {
                calls.addResult(block, tree, at);
            }
        }
        if (UserMessageItem.isInterruption(tree)) {
            turnResults.markInterrupted();
            return;
        }
        String uuid = MessageFields.text(tree, "uuid");
        Item item = UserMessageItem.of(uuid.isEmpty() ? itemId(tree, 0) : "prompt:" + uuid, tree);
        if (item instanceof Item.Prompt prompt) {
            boolean whole = prompt.attachments().isEmpty();
            failedTurn.start(whole ? MessageFields.content(content) : "");
        }
        if (item != null) {
            notices.addUserItem(item, tree);
        }
    }

    private void result(JsonNode tree) {
        finishTurn();
        notices.echoes().onTurnFinished();
        if (MessageFields.text(tree, "terminal_reason").equals("aborted_tools")) {
            calls.stopFailed();
        }
        calls.clearFailures();
        for (JsonNode denial : tree.path("permission_denials")) {
            calls.denyFailed(MessageFields.text(denial, "tool_use_id"));
        }
        String id = itemId(tree, 0);
        long seq = MessageFields.seq(tree);
        Item.Outcome outcome = turnResults.outcome(tree);
        if (outcome == Item.Outcome.FAILED) {
            failedTurn.finish(failureId(id), seq, tree);
        }
        failedTurn.end();
        turnResults.finish(id, seq, tree, outcome).forEach(window::put);
    }

    private void system(Message message, JsonNode tree, @Nullable Instant at) {
        if (message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_AGENT_EXITED)
                || message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_FORKED)) {
            // A turn that ran when the session was forked goes on in the other session only.
            finishTurn();
            turnResults.reset();
        } else if (message.is(MessageType.SYSTEM, SystemSubtype.INIT)) {
            failedTurn.onInit(tree);
        } else if (message.is(MessageType.SYSTEM, SystemSubtype.PERMISSION_DENIED)) {
            calls.deny(MessageFields.text(tree, "tool_use_id"));
            return;
        } else if (message.is(MessageType.SYSTEM) && SubagentProgress.isReport(message.subtype())) {
            calls.addReport(String.valueOf(message.subtype()), tree);
            return;
        }
        notices.add(itemId(tree, 0), message, tree, at);
    }

    /// Ends everything that belongs to the turn.
    private void finishTurn() {
        notices.finishRetries();
        flushStreamed();
        for (StreamedAnswer.Block left : streamed.end()) {
            if (left.isTool() || left.isThinking()) {
                window.removeStreamed(left.itemId);
            } else {
                window.put(left.item(false));
            }
        }
        calls.stopRunning();
    }

    /// Joins the part that comes right before this one.
    public void prepend(Timeline older) {
        older.flushStreamed();
        boolean over =
                items().stream()
                        .anyMatch(i -> i instanceof Item.TurnEnd || i instanceof Item.Prompt);
        calls.joinOlder(older.calls, over);
        turnResults.joinOlder(older.turnResults, items());
        failedTurn.joinOlder(older.failedTurn);
        notices.joinOlder(older.notices);
        window.prepend(older.window);
    }

    /// @return the prompt that takes a step, once; empty if there is nothing to do any more
    public String take(NextStep step) {
        return failedTurn.take(step);
    }

    /// Drops at least `n` items at the start, and whole messages only.
    ///
    /// @return the seq of the first message that is left; 0 if none is
    public long dropFirst(int n) {
        window.dropFirst(n).forEach(calls::retainResult);
        turnResults.dropStart();
        return items().isEmpty() ? 0 : items().getFirst().seq();
    }

    /// Drops items after the first `n`, and whole messages only.
    ///
    /// @return the seq of the first message that was dropped; 0 if none could be
    public long dropAfter(int n) {
        long first = window.dropAfter(n);
        if (first > 0) {
            turnResults = new TurnResults();
            lastMessageAt = null;
        }
        return first;
    }

    /// The conversation starts with this part.
    public void markStart() {
        turnResults.markStart(items());
    }

    /// The id of the notice about a turn that failed.
    static String failureId(String turnEnd) {
        return turnEnd + "!";
    }

    private String itemId(JsonNode tree, int part) {
        long seq = MessageFields.seq(tree);
        return seq > 0 ? seq + "." + part : "live:" + unnumbered++;
    }
}
