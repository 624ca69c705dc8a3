package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.conversation.notice.HookRun;
import dev.oriel.app.conversation.notice.UsageLimitNotices;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// The notices of one part of a conversation: what happened beside the dialogue.
///
/// Some messages only add to what the message before them told. If the part before is joined later,
/// what they added is moved there, and what they repeated is removed.
final class TimelineNotices {
    private final ItemWindow window;
    private final FailedTurn failedTurn;
    private final UsageLimitNotices limits = new UsageLimitNotices(ZoneId.systemDefault());
    private final ApiRetries retries;
    private final CompactionEchoes echoes;

    /// A summary at the start of this part: its compaction is the end of the part before.
    private @Nullable Summary firstSummary;

    /// A notice at the start of this part which may repeat what a hook told before.
    private @Nullable String firstAfterHook;

    private record Summary(String item, long seq, String text) {}

    TimelineNotices(ItemWindow window, FailedTurn failedTurn) {
        this.window = window;
        this.failedTurn = failedTurn;
        this.retries = new ApiRetries(window);
        this.echoes = new CompactionEchoes(window);
    }

    CompactionEchoes echoes() {
        return echoes;
    }

    /// Claude answers, or the turn is over: no request is sent again.
    void finishRetries() {
        retries.finish();
    }

    /// Adds the notice about a limit of the user's plan, if there is news.
    void addLimit(String id, JsonNode tree, @Nullable Instant at) {
        Item.Notice limit = limits.of(id, tree, at);
        if (limit != null) {
            window.put(limit);
        }
    }

    /// Adds the notice of a message, if it has one.
    ///
    /// @param id for the notice
    void add(String id, Message message, JsonNode tree, @Nullable Instant at) {
        if (message.is(MessageType.SYSTEM, SystemSubtype.API_RETRY)) {
            retries.show(id, tree, at);
            return;
        }
        if (message.is(MessageType.SYSTEM, SystemSubtype.COMPACT_BOUNDARY)) {
            echoes.onCompacted();
            window.put(SystemNotices.compaction(id, tree));
            return;
        }
        Item.Notice notice = SystemNotices.of(id, message, tree);
        if (notice == null || isTold(notice, tree)) {
            return;
        }
        boolean exited = message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_AGENT_EXITED);
        window.put(exited ? failedTurn.onExit(notice) : notice);
    }

    /// Whether a notice only repeats what the notice of a hook right before it tells.
    private boolean isTold(Item.Notice notice, JsonNode tree) {
        if (!tree.path("prevent_continuation").asBoolean()
                || notice.level() != Item.Level.WARNING) {
            return false;
        }
        if (window.items().isEmpty()) {
            firstAfterHook = notice.id();
        }
        return endsWithBlock(window);
    }

    private static boolean endsWithBlock(ItemWindow window) {
        return !window.items().isEmpty()
                && window.items().getLast() instanceof Item.Notice last
                && HookRun.hasBlocked(last);
    }

    /// Adds the item of a `user` message, unless it repeats something, or is a summary, which is
    /// added to the compaction right before it.
    void addUserItem(Item item, JsonNode user) {
        boolean replay = UserMessageItem.isReplay(user);
        if (replay && item instanceof Item.Notice n && echoes.isEcho(n.id(), n.text())) {
            return;
        }
        boolean summary =
                user.path("isCompactSummary").asBoolean()
                        || (user.path("isSynthetic").asBoolean() && !replay);
        if (!summary || !addSummary(item, user)) {
            window.put(item);
        }
    }

    private boolean addSummary(Item item, JsonNode user) {
        String text =
                Truncation.truncate(MessageFields.content(user.path("message").path("content")));
        Summary found = new Summary(item.id(), MessageFields.seq(user), text);
        if (window.items().isEmpty()) {
            firstSummary = found;
        }
        return addTo(window, found);
    }

    /// @return whether the last item is a compaction without a summary
    private static boolean addTo(ItemWindow window, Summary summary) {
        Item last = window.items().isEmpty() ? null : window.items().getLast();
        if (!(last instanceof Item.Compaction c) || !c.summary().isEmpty()) {
            return false;
        }
        window.put(new Item.Compaction(c.id(), c.seq(), c.before(), c.after(), summary.text()));
        window.recordAddition(summary.seq(), c.id());
        return true;
    }

    /// Joins the part that comes right before this one, before its items are joined.
    void joinOlder(TimelineNotices older) {
        if (firstSummary != null && addTo(older.window, firstSummary)) {
            window.remove(firstSummary.item());
        }
        if (firstAfterHook != null && endsWithBlock(older.window)) {
            window.remove(firstAfterHook);
        }
        echoes.joinOlder(older.echoes);
        window.remove(limits.joinOlder(older.limits));
        retries.joinOlder(older.retries);
        firstSummary = older.firstSummary;
        firstAfterHook = older.firstAfterHook;
    }
}
