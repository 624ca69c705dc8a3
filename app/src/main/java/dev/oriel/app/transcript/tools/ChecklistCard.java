package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.item.ChecklistEntry.State;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A change of Claude's checklist: the first line says what changed, the card has the list.
final class ChecklistCard implements ToolCard {
    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        List<ChecklistEntry> entries = entries(run);
        if (entries.isEmpty()) {
            FieldsCard.writeFields(card, body);
            body.output();
            return;
        }
        entries.forEach(body.content()::entry);
        String description = run.field("description");
        if (!description.isBlank()) {
            body.prose(description);
        }
        if (!(run.state() instanceof ToolState.Ok)) {
            body.output();
        }
    }

    private static List<ChecklistEntry> entries(ToolRun run) {
        ToolOutput output = run.output();
        return switch (output == null ? ToolDetail.NONE : output.detail()) {
            case ToolDetail.Todos todos -> todos.after();
            case ToolDetail.TaskEntries tasks -> tasks.tasks();
            case ToolDetail.TaskEntry(var task, _) when !task.text().isBlank() -> List.of(task);
            default -> List.of();
        };
    }

    @Override
    public String argument(ToolRun run) {
        ToolOutput output = run.output();
        return switch (output == null ? ToolDetail.NONE : output.detail()) {
            case ToolDetail.Todos(var before, var after) -> change(before, after);
            case ToolDetail.TaskEntries(var tasks) -> count(tasks);
            case ToolDetail.TaskEntry(var task, var from) ->
                    task.text().isBlank() && from != null
                            ? "%d. %s".formatted(number(task.id()), task.state().word())
                            : task.shownText();
            default -> updateOf(run);
        };
    }

    private static int number(String id) {
        return id.matches("\\d{1,6}") ? Integer.parseInt(id) : 0;
    }

    /// What a call changes that has no result yet.
    private static String updateOf(ToolRun run) {
        String id = run.field("taskId");
        String state = run.field("status");
        if (id.isEmpty()) {
            return run.field("subject").isBlank()
                    ? run.argument()
                    : Truncation.firstLine(run.field("subject"));
        }
        return state.isEmpty() ? id : "%s. %s".formatted(id, State.of(state).word());
    }

    private static String count(List<ChecklistEntry> tasks) {
        long done = tasks.stream().filter(t -> t.state() == State.COMPLETED).count();
        return "%d of %d done".formatted(done, tasks.size());
    }

    /// The entries that were done or started, or how many were added.
    static String change(List<ChecklistEntry> before, List<ChecklistEntry> after) {
        List<String> parts = new ArrayList<>();
        int added = 0;
        for (ChecklistEntry now : after) {
            Optional<ChecklistEntry> was =
                    before.stream().filter(b -> b.text().equals(now.text())).findFirst();
            if (was.isEmpty()) {
                added++;
            }
            State old = was.map(ChecklistEntry::state).orElse(State.PENDING);
            if (old != now.state() && now.state() != State.PENDING) {
                parts.add(now.state().mark() + " " + now.text());
            }
        }
        if (added > 0 && (parts.isEmpty() || !before.isEmpty())) {
            parts.add(added == 1 ? "1 added" : added + " added");
        }
        long removed =
                before.stream()
                        .filter(b -> after.stream().noneMatch(a -> a.text().equals(b.text())))
                        .count();
        if (removed > 0 && !after.isEmpty()) {
            parts.add(removed + " removed");
        }
        if (after.isEmpty()) {
            return "cleared";
        }
        return parts.isEmpty() ? count(after) : Truncation.firstLine(String.join(", ", parts));
    }
}
