package dev.oriel.app.conversation.work;

import dev.oriel.message.Message;
import java.util.List;

/// Folds messages into [ConversationWork]. Pure: no clock, no thread, no toolkit.
///
/// Nothing is requested for it. A list that was last changed before the received part of the
/// conversation is shown once that part is loaded; until then, changes of single tasks show those
/// tasks.
public final class WorkFold {
    private final ChecklistFold checklist = new ChecklistFold();
    private final TaskFold tasks = new TaskFold();
    private ConversationWork work = ConversationWork.NONE;

    /// The same object until it changes.
    public ConversationWork work() {
        return work;
    }

    /// Applies a message that follows all others.
    public void apply(Message message) {
        boolean listChanged = checklist.apply(message);
        boolean tasksChanged = tasks.apply(message);
        if (listChanged || tasksChanged) {
            update();
        }
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

    private void update() {
        ConversationWork next = new ConversationWork(checklist.entries(), tasks.tasks());
        if (!next.equals(work)) {
            work = next;
        }
    }
}
