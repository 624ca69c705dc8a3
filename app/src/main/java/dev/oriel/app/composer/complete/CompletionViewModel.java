package dev.oriel.app.composer.complete;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The picker: opens when a word starts with `/` or `@`, lists what matches while the user types,
/// and says what a chosen row does to the text. Belongs to the JavaFX thread.
public final class CompletionViewModel implements PickerModel {
    private final ReadOnlyObjectWrapper<CompletionList> list =
            new ReadOnlyObjectWrapper<>(CompletionList.HIDDEN);
    private final ReadOnlyStringWrapper argumentHint = new ReadOnlyStringWrapper("");
    private final CommandList commands;
    private final FileSearch files;
    private List<OwnCommand> own = List.of();

    /// The word that the picker is open for; null while it is closed.
    private @Nullable CompletionTrigger open;

    /// The word for which the list was filled last.
    private @Nullable CompletionTrigger shownFor;

    /// The word for which the user has closed the picker.
    private @Nullable CompletionTrigger closed;

    public CompletionViewModel(Executor fx) {
        this.commands = new CommandList(fx, this::onCommands);
        this.files = new FileSearch(fx, this::show);
    }

    /// Turns to another page, and closes the picker.
    ///
    /// @param to null for no page
    public void attach(@Nullable CompletionTarget to) {
        commands.attach(to);
        files.attach(to);
        hide();
        closed = null;
        argumentHint.set("");
    }

    /// Sets the commands of the window.
    public void setOwnCommands(List<OwnCommand> all) {
        own = List.copyOf(all);
    }

    /// The user has changed the text.
    ///
    /// @param caret its position after the change
    public void onEdited(String text, int caret) {
        CompletionTrigger now = CompletionTrigger.find(text, caret).orElse(null);
        if (now == null || (closed != null && closed.isSameWord(now))) {
            hide();
            closed = now == null ? null : closed;
        } else {
            closed = null;
            update(now);
        }
        argumentHint.set(hintFor(text, caret));
    }

    /// The caret was moved without a change of the text.
    public void onCaretMoved(String text, int caret) {
        CompletionTrigger before = open;
        if (before == null) {
            argumentHint.set(hintFor(text, caret));
            return;
        }
        CompletionTrigger now = CompletionTrigger.find(text, caret).orElse(null);
        if (now == null || !now.isSameWord(before)) {
            hide();
        } else if (!now.equals(before)) {
            update(now);
        }
    }

    private void update(CompletionTrigger now) {
        open = now;
        switch (now.kind()) {
            case COMMAND -> {
                files.cancel();
                commands.load();
                showCommands(now);
            }
            case FILE -> files.find(now);
        }
    }

    private void onCommands() {
        CompletionTrigger now = open;
        if (now != null && now.kind() == CompletionTrigger.Kind.COMMAND) {
            showCommands(now);
        }
    }

    private void showCommands(CompletionTrigger now) {
        FoundCompletions found = CommandCompletions.find(now, commands.known(), own);
        // What matches no command is text, and needs no remark.
        String note = commands.note().isEmpty() ? found.note() : commands.note();
        show(
                found.rows().isEmpty() && !now.query().isEmpty()
                        ? FoundCompletions.NONE
                        : new FoundCompletions(found.rows(), note));
    }

    /// Selects the first row, which is the best match. If more was found for the same word, a row
    /// that the user has moved to stays selected.
    private void show(FoundCompletions found) {
        CompletionTrigger now = open;
        if (now == null) {
            return;
        }
        boolean moved = now.equals(shownFor) && list.get().selected() > 0;
        Completion before = moved ? list.get().selectedRow() : null;
        int selected = before == null ? -1 : found.rows().indexOf(before);
        shownFor = now;
        list.set(
                new CompletionList(
                        now.start(),
                        found.rows(),
                        found.rows().isEmpty() ? -1 : Math.max(0, selected),
                        found.note()));
    }

    @Override
    public boolean move(int by) {
        CompletionList now = list.get();
        if (now.rows().isEmpty()) {
            return false;
        }
        list.set(now.withSelected(now.indexAfter(by)));
        return true;
    }

    @Override
    public void select(int index) {
        CompletionList now = list.get();
        if (index >= 0 && index < now.rows().size() && index != now.selected()) {
            list.set(now.withSelected(index));
        }
    }

    /// Whether the selected row is what was typed already, so that Enter sends it.
    public boolean isTypedOut() {
        CompletionTrigger now = open;
        Completion row = list.get().selectedRow();
        return now != null
                && row != null
                && row.kind() == Completion.Kind.COMMAND
                && row.name().equals("/" + now.query());
    }

    /// Whether the selected row only explains why it cannot be chosen.
    public boolean isUnavailable() {
        Completion row = list.get().selectedRow();
        return row != null && !row.canBeAccepted();
    }

    /// Chooses the selected row, and closes the picker.
    ///
    /// @param text the text of the composer
    /// @return empty if no row is selected, or it cannot be chosen
    public Optional<AcceptedCompletion> accept(String text) {
        CompletionTrigger now = open;
        Completion row = list.get().selectedRow();
        if (now == null || row == null || !row.canBeAccepted() || now.end() > text.length()) {
            return Optional.empty();
        }
        hide();
        String insertion = row.insertion();
        boolean spaceFollows = now.end() < text.length() && text.charAt(now.end()) == ' ';
        if (spaceFollows && insertion.endsWith(" ")) {
            insertion = insertion.substring(0, insertion.length() - 1);
        }
        return Optional.of(new AcceptedCompletion(now.start(), now.end(), insertion, row.action()));
    }

    /// Closes the picker, until another word opens it.
    ///
    /// @return whether it was shown
    public boolean close() {
        boolean shown = list.get().isShown();
        closed = open;
        hide();
        return shown;
    }

    /// Closes the picker; the next change of the text may open it.
    public void reset() {
        closed = null;
        hide();
    }

    private void hide() {
        open = null;
        shownFor = null;
        files.cancel();
        list.set(CompletionList.HIDDEN);
    }

    /// The argument hint of the command that the text consists of.
    private String hintFor(String text, int caret) {
        boolean isCommand =
                text.startsWith("/") && caret == text.length() && text.indexOf(' ') == caret - 1;
        if (!isCommand) {
            return "";
        }
        String name = text.substring(1, caret - 1);
        return commands.known().stream()
                .filter(c -> c.name().equals(name) || c.aliases().contains(name))
                .map(AgentCommand::argumentHint)
                .findFirst()
                .orElse("");
    }

    @Override
    public ReadOnlyObjectProperty<CompletionList> list() {
        return list.getReadOnlyProperty();
    }

    /// What can follow the command that was typed; empty for nothing.
    public ReadOnlyStringProperty argumentHint() {
        return argumentHint.getReadOnlyProperty();
    }
}
