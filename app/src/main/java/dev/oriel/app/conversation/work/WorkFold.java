package dev.oriel.app.conversation.work;

import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Folds messages into [ConversationWork]. Pure: no clock, no thread, no toolkit.
///
/// A window begins with the end of a conversation. What the messages before it tell may follow
/// later, through [#applyEarlier]; until then, changes of single tasks show those tasks.
public final class WorkFold {
    /// Messages that arrive while earlier ones are loaded. With more, earlier tasks stay unknown.
    private static final int MOST_SINCE = 2_000;

    private ChecklistFold checklist = new ChecklistFold();
    private TaskFold tasks = new TaskFold();

    /// The messages that were applied while earlier ones are expected; null if none are.
    private @Nullable List<Message> since;

    /// The messages that were applied since the conversation was rewound; null if what is folded is
    /// all part of it.
    private @Nullable List<Message> sinceRewound;

    private ConversationWork work = ConversationWork.NONE;

    /// The same object until it changes.
    public ConversationWork work() {
        return work;
    }

    /// Earlier messages than those that are applied from now on follow through [#applyEarlier].
    public void expectEarlier() {
        since = new ArrayList<>();
    }

    /// The conversation was rewound: some of what was folded is not part of it any more. It is
    /// folded anew by [#refold].
    public void onRewound() {
        sinceRewound = new ArrayList<>();
    }

    /// Whether [#refold] is due.
    public boolean isStale() {
        return sinceRewound != null;
    }

    /// Folds the end of the conversation anew, after it was rewound. Earlier messages may follow
    /// through [#applyEarlier].
    ///
    /// @param latest the last messages that are part of the conversation, oldest first
    /// @param end the position up to which they were loaded
    /// @param earlier whether earlier messages follow
    public void refold(List<Message> latest, long end, boolean earlier) {
        List<Message> later = sinceRewound == null ? List.of() : sinceRewound;
        sinceRewound = null;
        since = earlier ? new ArrayList<>() : null;
        checklist = new ChecklistFold();
        tasks = new TaskFold();
        update();
        latest.forEach(this::apply);
        later.stream().filter(m -> m.isLiveOnly() || seq(m) > end).forEach(this::apply);
    }

    /// Applies a message that follows all others.
    public void apply(Message message) {
        if (sinceRewound != null && sinceRewound.size() < MOST_SINCE) {
            sinceRewound.add(message);
        }
        if (since != null && (!message.isLiveOnly() || tellsTasks(message))) {
            since.add(message);
            if (since.size() > MOST_SINCE) {
                since = null;
            }
        }
        boolean listChanged = checklist.apply(message);
        boolean tasksChanged = tasks.apply(message);
        if (listChanged || tasksChanged) {
            update();
        }
    }

    private static boolean tellsTasks(Message message) {
        return message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_SESSION);
    }

    /// Applies messages from before all others.
    ///
    /// @param earlier oldest first
    /// @param running the ids of the tasks that ran when these were determined; no others ran
    public void applyEarlier(List<Message> earlier, Set<String> running) {
        earlier.forEach(checklist::apply);
        if (since != null) {
            // Tasks are folded in the order of the conversation.
            TaskFold all = new TaskFold();
            earlier.forEach(all::apply);
            all.retain(running);
            since.forEach(all::apply);
            tasks = all;
            since = null;
        }
        update();
    }

    /// Applies a page of older messages. Tasks that started in it have been listed since, or have
    /// ended.
    public void applyOlder(List<Message> page) {
        boolean changed = false;
        for (Message m : page) {
            changed |= checklist.apply(m);
        }
        if (changed) {
            update();
        }
    }

    private static long seq(Message message) {
        return message.tree().path("seq").asLong();
    }

    private void update() {
        ConversationWork next = new ConversationWork(checklist.entries(), tasks.tasks());
        if (!next.equals(work)) {
            work = next;
        }
    }
}
