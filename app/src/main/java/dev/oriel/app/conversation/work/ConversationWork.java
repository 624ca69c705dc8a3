package dev.oriel.app.conversation.work;

import dev.oriel.app.conversation.item.ChecklistEntry;
import java.util.List;

/// What Claude works on, as far as the messages that were received tell.
///
/// @param checklist the entries in order; empty if there is no list
/// @param tasks background tasks that run, and the last ones that ended, in the order of their
///   start
public record ConversationWork(List<ChecklistEntry> checklist, List<BackgroundTask> tasks) {
    public static final ConversationWork NONE = new ConversationWork(List.of(), List.of());

    public ConversationWork {
        checklist = List.copyOf(checklist);
        tasks = List.copyOf(tasks);
    }
}
