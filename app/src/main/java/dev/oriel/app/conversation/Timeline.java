package dev.oriel.app.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.Item.Level;
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
final class Timeline {
    private final Stretch stretch = new Stretch();
    private final ToolCalls calls = new ToolCalls(stretch);
    private final PartialAnswer partial;
    private final Unsent unsent;
    private final Unanswered unanswered = new Unanswered();
    private TurnEnds turnEnds = new TurnEnds();

    private final UsageLimits limits = new UsageLimits(ZoneId.systemDefault());

    /// Whether the turn has compacted the conversation. It then repeats what commands printed.
    private boolean compacted;

    private @Nullable Instant before;
    private int unnumbered;
    private boolean fromOldPage;

    /// @param partial the answer being streamed, which outlives the stretch that is shown
    Timeline(PartialAnswer partial) {
        this(partial, new Unsent());
    }

    /// @param unsent what could not be sent, which stands at the end
    Timeline(PartialAnswer partial, Unsent unsent) {
        this.partial = partial;
        this.unsent = unsent;
    }

    /// The items so far. A view: it changes with the next message.
    List<Item> items() {
        return stretch.items();
    }

    /// The item that shows what a message said, or null if it is not in this stretch.
    @Nullable String itemOf(long seq) {
        return stretch.itemOf(seq);
    }

    /// @param arrival when it came, for live messages; null for those of old
    void accept(Message message, @Nullable Instant arrival) {
        JsonNode tree = message.tree();
        Instant stamp = Reading.timestamp(tree);
        Instant at = stamp != null ? stamp : arrival;
        String parent = Reading.parent(tree);
        if (!parent.isEmpty()) {
            calls.update(parent, run -> Subagent.step(run, tree));
            return;
        }
        switch (message.type()) {
            case "stream_event" -> partial.accept(tree.path("event"), at);
            case "assistant" -> assistant(tree, at);
            case "user" -> user(tree, at);
            case "result" -> result(tree);
            case "system", "conversation_reset" -> {
                if (message.is("system", "oriel_session")) {
                    JsonNode session = tree.path("session");
                    if (session.path("asks").asInt() == 0
                            && !Reading.text(session, "state").equals("asking")) {
                        calls.nothingAsked(at);
                    }
                }
                notice(message, tree);
            }
            case "control_request" -> {
                if (message.is("control_request", "can_use_tool") && message.requestId() != null) {
                    calls.asked(
                            message.requestId(), Reading.text(tree.path("request"), "tool_use_id"));
                }
            }
            case "control_cancel_request" -> answered(String.valueOf(message.requestId()), at);
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
    void answered(String requestId, @Nullable Instant at) {
        calls.answered(requestId, at);
    }

    /// Folds a page that follows, of which newer messages were seen before.
    void append(List<Message> page) {
        fromOldPage = true;
        page.forEach(m -> accept(m, null));
        fromOldPage = false;
    }

    /// Makes what was streamed visible in [#items()]. Called once after a batch of messages.
    void settle() {
        partial.takeSuperseded().forEach(stretch::removeStreamed);
        for (Item item : partial.changes()) {
            put(item);
        }
        unanswered.show(stretch);
        unsent.show(stretch);
    }

    private void assistant(JsonNode tree, @Nullable Instant at) {
        JsonNode message = tree.path("message");
        String id = Reading.text(message, "id");
        boolean error = Reading.isError(tree);
        int part = 0;
        calls.goOn();
        for (JsonNode block : message.path("content")) {
            String itemId = own(tree, part++);
            String type = Reading.text(block, "type");
            PartialAnswer.Block streamed = fromOldPage ? null : partial.take(id, block, error);
            String kept = streamed == null ? itemId : streamed.itemId;
            long seq = Reading.seq(tree);
            switch (type) {
                case "text" -> {
                    String text = Clip.text(Reading.text(block, "text"));
                    if (tree.hasNonNull("error")) {
                        turnEnds.errorShown();
                    }
                    if (Reading.isLoginMissing(tree)) {
                        unanswered.refused();
                    }
                    if (!text.isBlank() && !(error && isRepeated(text.strip()))) {
                        put(
                                error
                                        ? Notices.ofSynthetic(kept, seq, text, tree)
                                        : new Item.Answer(kept, seq, text, false));
                    }
                }
                case "thinking", "redacted_thinking" -> {
                    Duration took =
                            streamed != null ? streamed.took(at) : ToolCalls.between(before, at);
                    String text = Clip.text(Reading.text(block, "thinking"));
                    put(new Item.Thinking(kept, seq, text, false, took));
                }
                case "tool_use", "server_tool_use", "mcp_tool_use" -> calls.call(block, seq, at);
                default -> {
                    if (type.endsWith("_tool_result")) {
                        calls.result(block, tree, at);
                    } else {
                        put(Notices.quiet(kept, seq, Unshown.line(block), ""));
                    }
                }
            }
        }
    }

    private void user(JsonNode tree, @Nullable Instant at) {
        if (!fromOldPage) {
            partial.over();
        }
        JsonNode content = tree.path("message").path("content");
        for (JsonNode block : content) {
            if (Reading.text(block, "type").equals("tool_result")) {
                calls.result(block, tree, at);
            }
        }
        if (Senders.isStop(tree)) {
            turnEnds.interrupted();
            return;
        }
        String text = Reading.content(content);
        int attachments = Reading.attachments(content);
        if (text.isBlank() && attachments == 0) {
            return;
        }
        String uuid = Reading.text(tree, "uuid");
        String id = uuid.isEmpty() ? own(tree, 0) : "prompt:" + uuid;
        long seq = Reading.seq(tree);
        if (tree.path("isReplay").asBoolean()) {
            String said = Notices.unwrapped(text);
            if (!isRepeated(Clip.firstLine(said))) {
                put(Notices.quiet(id, seq, Clip.firstLine(said), said));
            }
        } else if (tree.path("isSynthetic").asBoolean()
                || tree.path("isCompactSummary").asBoolean()
                || tree.path("isMeta").asBoolean()) {
            put(Notices.quiet(id, seq, "Continued by itself", Clip.text(text)));
        } else if (Reading.count(content, "tool_result") == 0) {
            unanswered.prompted(attachments == 0 ? text : "");
            put(new Item.Prompt(id, seq, Clip.text(text), attachments));
        }
    }

    /// Whether a command's words stand there already, and only come again with the compaction.
    private boolean isRepeated(String text) {
        return compacted
                && items().stream()
                        .anyMatch(i -> i instanceof Item.Notice n && n.text().equals(text));
    }

    private void result(JsonNode tree) {
        unanswered.turnOver();
        endEverything();
        compacted = false;
        if (Reading.text(tree, "terminal_reason").equals("aborted_tools")) {
            calls.aborted();
        }
        calls.goOn();
        for (JsonNode denial : tree.path("permission_denials")) {
            calls.update(
                    Reading.text(denial, "tool_use_id"),
                    run ->
                            run.state() instanceof ToolState.Failed
                                    ? run.with(new ToolState.Denied())
                                    : run);
        }
        turnEnds.end(own(tree, 0), Reading.seq(tree), tree).forEach(this::put);
    }

    private void notice(Message message, JsonNode tree) {
        if (message.is("system", "compact_boundary")) {
            compacted = true;
        }
        if (message.is("system", "oriel_agent_exited")) {
            endEverything();
            turnEnds.brokenOff();
        } else if (message.is("system", "permission_denied")) {
            calls.update(
                    Reading.text(tree, "tool_use_id"),
                    run -> run.with(new ToolState.Denied(), run.output()));
            return;
        }
        Item.Notice notice = Notices.of(own(tree, 0), message, tree);
        if (notice == null) {
            return;
        }
        boolean retry = message.is("system", "api_retry");
        if (retry && !items().isEmpty() && Notices.isRetry(items().getLast())) {
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
    private void endEverything() {
        settle();
        for (PartialAnswer.Block left : partial.end()) {
            if (left.isTool() || left.type.equals("thinking")) {
                stretch.removeStreamed(left.itemId);
            } else {
                put(left.item(false));
            }
        }
        calls.stopRunning();
    }

    /// Joins the stretch that comes right before this one.
    void prepend(Timeline older) {
        older.settle();
        older.unanswered.hide(older.stretch);
        boolean over =
                items().stream()
                        .anyMatch(i -> i instanceof Item.TurnEnd || i instanceof Item.Prompt);
        calls.complete(older.calls, over);
        turnEnds.follow(older.turnEnds, items());
        stretch.prepend(older.stretch);
    }

    /// @return the prompt that is to be sent again, once; empty if there is none
    String takeUnanswered() {
        String again = unanswered.take();
        unanswered.show(stretch);
        return again;
    }

    /// Forgets items at the front, so that at least `n` go, and whole messages only.
    ///
    /// @return the seq of the first message that is left, or 0 if none is
    long dropFirst(int n) {
        stretch.dropFirst(n).forEach(calls::dropped);
        turnEnds.forget();
        return items().isEmpty() ? 0 : items().getFirst().seq();
    }

    /// Forgets items at the end, so that at most the first `n` stay, and whole messages only.
    ///
    /// @return the seq of the first message that went, or 0 if nothing could go
    long dropAfter(int n) {
        long first = stretch.dropAfter(n);
        if (first > 0) {
            turnEnds = new TurnEnds();
            before = null;
        }
        return first;
    }

    /// There is nothing before this stretch.
    void fromTheStart() {
        turnEnds.fromTheStart(items());
    }

    private void put(Item item) {
        stretch.put(item);
    }

    private String own(JsonNode tree, int part) {
        long seq = Reading.seq(tree);
        return seq > 0 ? seq + "." + part : "live:" + unnumbered++;
    }
}
