package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Folds messages, in the order of the conversation, into items. Pure: no clock, no thread, no
/// toolkit.
///
/// One instance folds any stretch of a conversation; stretches are joined by [#prepend(Timeline)]
/// and [#append(List)]. Messages that it does not know leave no trace.
public final class Timeline {
    private final ItemWindow stretch = new ItemWindow();
    private final ToolCalls calls = new ToolCalls(stretch);
    private final StreamedAnswer partial;
    private final UnsentItems unsent;
    private final UnansweredPrompt unanswered = new UnansweredPrompt();
    private TurnResults turnEnds = new TurnResults();

    private final UsageLimitNotices limits = new UsageLimitNotices(ZoneId.systemDefault());

    /// Whether the turn has compacted the conversation. It then repeats what commands printed.
    private boolean compacted;

    private @Nullable Instant before;
    private int unnumbered;
    private boolean fromOldPage;

    /// @param partial the answer being streamed, which outlives the stretch that is shown
    /// @param unsent what could not be sent, which stands at the end
    public Timeline(StreamedAnswer partial, UnsentItems unsent) {
        this.partial = partial;
        this.unsent = unsent;
    }

    /// The items so far. A view: it changes with the next message.
    public List<Item> items() {
        return stretch.items();
    }

    /// The item that shows what a message said, or null if it is not in this stretch.
    public @Nullable String itemOf(long seq) {
        return stretch.itemOf(seq);
    }

    /// @param arrival when it came, for live messages; null for those of old
    public void apply(Message message, @Nullable Instant arrival) {
        JsonNode tree = message.tree();
        Instant stamp = MessageFields.timestamp(tree);
        Instant at = stamp != null ? stamp : arrival;
        String parent = MessageFields.parentToolUseId(tree);
        if (!parent.isEmpty()) {
            calls.update(parent, run -> SubagentSteps.apply(run, tree));
            return;
        }
        switch (message.type()) {
            case "stream_event" -> partial.apply(tree.path("event"), at);
            case "assistant" -> assistant(tree, at);
            case "user" -> user(tree, at);
            case "result" -> result(tree);
            case "system", "conversation_reset" -> {
                if (message.is("system", "oriel_session")) {
                    JsonNode session = tree.path("session");
                    if (session.path("asks").asInt() == 0
                            && !MessageFields.text(session, "state").equals("asking")) {
                        calls.removeAllAsks(at);
                    }
                }
                notice(message, tree);
            }
            case "control_request" -> {
                if (message.is("control_request", "can_use_tool") && message.requestId() != null) {
                    calls.addAsk(
                            message.requestId(),
                            MessageFields.text(tree.path("request"), "tool_use_id"));
                }
            }
            case "control_cancel_request" -> removeAsk(String.valueOf(message.requestId()), at);
            case "rate_limit_event" -> {
                Item.Notice limit = limits.of(own(tree, 0), tree, at);
                if (limit != null) {
                    put(limit);
                }
            }
            default -> {
                return;
            }
        }
        if (!message.isLiveOnly()) {
            before = at;
        }
    }

    /// The user has answered an ask.
    public void removeAsk(String requestId, @Nullable Instant at) {
        calls.removeAsk(requestId, at);
    }

    /// Folds a page that follows, of which newer messages were seen before.
    public void append(List<Message> page) {
        fromOldPage = true;
        page.forEach(m -> apply(m, null));
        fromOldPage = false;
    }

    /// Makes what was streamed visible in [#items()]. Called once after a batch of messages.
    public void flushStreamed() {
        partial.takeSuperseded().forEach(stretch::removeStreamed);
        for (Item item : partial.changes()) {
            put(item);
        }
        unanswered.show(stretch);
        unsent.show(stretch);
    }

    private void assistant(JsonNode tree, @Nullable Instant at) {
        JsonNode message = tree.path("message");
        String id = MessageFields.text(message, "id");
        boolean error = MessageFields.isError(tree);
        int part = 0;
        calls.clearFailures();
        for (JsonNode block : message.path("content")) {
            String itemId = own(tree, part++);
            String type = MessageFields.text(block, "type");
            StreamedAnswer.Block streamed = fromOldPage ? null : partial.take(id, block, error);
            String kept = streamed == null ? itemId : streamed.itemId;
            long seq = MessageFields.seq(tree);
            switch (type) {
                case "text" -> {
                    String text = Truncation.truncate(MessageFields.text(block, "text"));
                    if (tree.hasNonNull("error")) {
                        turnEnds.markErrorShown();
                    }
                    if (MessageFields.isLoginMissing(tree)) {
                        unanswered.markRefused();
                    }
                    if (!text.isBlank() && !(error && isRepeated(text.strip()))) {
                        put(
                                error
                                        ? SystemNotices.ofSynthetic(kept, seq, text, tree)
                                        : new Item.Answer(kept, seq, text, false));
                    }
                }
                case "thinking", "redacted_thinking" -> {
                    Duration took =
                            streamed != null ? streamed.took(at) : ToolCalls.between(before, at);
                    String text = Truncation.truncate(MessageFields.text(block, "thinking"));
                    put(new Item.Thinking(kept, seq, text, false, took));
                }
                case "tool_use", "server_tool_use", "mcp_tool_use" -> calls.addCall(block, seq, at);
                default -> {
                    if (type.endsWith("_tool_result")) {
                        calls.addResult(block, tree, at);
                    } else {
                        put(SystemNotices.quiet(kept, seq, ContentPlaceholder.of(block), ""));
                    }
                }
            }
        }
    }

    private void user(JsonNode tree, @Nullable Instant at) {
        if (!fromOldPage) {
            partial.endMessage();
        }
        JsonNode content = tree.path("message").path("content");
        for (JsonNode block : content) {
            if (MessageFields.text(block, "type").equals("tool_result")) {
                calls.addResult(block, tree, at);
            }
        }
        if (UserMessageOrigin.isInterruption(tree)) {
            turnEnds.markInterrupted();
            return;
        }
        String text = MessageFields.content(content);
        int attachments = MessageFields.attachments(content);
        if (text.isBlank() && attachments == 0) {
            return;
        }
        String uuid = MessageFields.text(tree, "uuid");
        String id = uuid.isEmpty() ? own(tree, 0) : "prompt:" + uuid;
        long seq = MessageFields.seq(tree);
        if (tree.path("isReplay").asBoolean()) {
            String said = SystemNotices.unwrapped(text);
            if (!isRepeated(Truncation.firstLine(said))) {
                put(SystemNotices.quiet(id, seq, Truncation.firstLine(said), said));
            }
        } else if (tree.path("isSynthetic").asBoolean()
                || tree.path("isCompactSummary").asBoolean()
                || tree.path("isMeta").asBoolean()) {
            put(SystemNotices.quiet(id, seq, "Continued by itself", Truncation.truncate(text)));
        } else if (MessageFields.count(content, "tool_result") == 0) {
            unanswered.set(attachments == 0 ? text : "");
            put(new Item.Prompt(id, seq, Truncation.truncate(text), attachments));
        }
    }

    /// Whether a command's words stand there already, and only come again with the compaction.
    private boolean isRepeated(String text) {
        return compacted
                && items().stream()
                        .anyMatch(i -> i instanceof Item.Notice n && n.text().equals(text));
    }

    private void result(JsonNode tree) {
        unanswered.finishTurn();
        finishTurn();
        compacted = false;
        if (MessageFields.text(tree, "terminal_reason").equals("aborted_tools")) {
            calls.stopFailed();
        }
        calls.clearFailures();
        for (JsonNode denial : tree.path("permission_denials")) {
            calls.update(
                    MessageFields.text(denial, "tool_use_id"),
                    run ->
                            run.state() instanceof ToolState.Failed
                                    ? run.withState(new ToolState.Denied())
                                    : run);
        }
        turnEnds.finish(own(tree, 0), MessageFields.seq(tree), tree).forEach(this::put);
    }

    private void notice(Message message, JsonNode tree) {
        if (message.is("system", "compact_boundary")) {
            compacted = true;
        }
        if (message.is("system", "oriel_agent_exited")) {
            finishTurn();
            turnEnds.reset();
        } else if (message.is("system", "permission_denied")) {
            calls.update(
                    MessageFields.text(tree, "tool_use_id"),
                    run -> run.withState(new ToolState.Denied(), run.output()));
            return;
        }
        Item.Notice notice = SystemNotices.of(own(tree, 0), message, tree);
        if (notice == null) {
            return;
        }
        boolean retry = message.is("system", "api_retry");
        if (retry && !items().isEmpty() && SystemNotices.isRetry(items().getLast())) {
            Item known = items().getLast();
            put(
                    new Item.Notice(
                            known.id(),
                            notice.seq(),
                            Level.WARNING,
                            notice.text(),
                            notice.details()));
        } else {
            put(notice);
        }
    }

    /// A turn is over: nothing of it goes on.
    private void finishTurn() {
        flushStreamed();
        for (StreamedAnswer.Block left : partial.end()) {
            if (left.isTool() || left.isThinking()) {
                stretch.removeStreamed(left.itemId);
            } else {
                put(left.item(false));
            }
        }
        calls.stopRunning();
    }

    /// Joins the stretch that comes right before this one.
    public void prepend(Timeline older) {
        older.flushStreamed();
        older.unanswered.hide(older.stretch);
        boolean over =
                items().stream()
                        .anyMatch(i -> i instanceof Item.TurnEnd || i instanceof Item.Prompt);
        calls.joinOlder(older.calls, over);
        turnEnds.joinOlder(older.turnEnds, items());
        stretch.prepend(older.stretch);
    }

    /// @return the prompt that is to be sent again, once; empty if there is none
    public String takeUnansweredPrompt() {
        String again = unanswered.take();
        unanswered.show(stretch);
        return again;
    }

    /// Forgets items at the front, so that at least `n` go, and whole messages only.
    ///
    /// @return the seq of the first message that is left, or 0 if none is
    public long dropFirst(int n) {
        stretch.dropFirst(n).forEach(calls::retainResult);
        turnEnds.dropStart();
        return items().isEmpty() ? 0 : items().getFirst().seq();
    }

    /// Forgets items at the end, so that at most the first `n` stay, and whole messages only.
    ///
    /// @return the seq of the first message that went, or 0 if nothing could go
    public long dropAfter(int n) {
        long first = stretch.dropAfter(n);
        if (first > 0) {
            turnEnds = new TurnResults();
            before = null;
        }
        return first;
    }

    /// There is nothing before this stretch.
    public void markStart() {
        turnEnds.markStart(items());
    }

    private void put(Item item) {
        stretch.put(item);
    }

    private String own(JsonNode tree, int part) {
        long seq = MessageFields.seq(tree);
        return seq > 0 ? seq + "." + part : "live:" + unnumbered++;
    }
}
