package dev.oriel.app.outline;

import dev.oriel.client.PromptLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The prompts of a conversation, oldest first, as far as they contain the words of a filter. They
/// are loaded from the server, page by page. Belongs to the JavaFX thread.
public final class OutlineViewModel {
    private final OutlineSource source;
    private final Executor fx;

    /// All prompts that are loaded, newest first.
    private final List<Prompt> all = new ArrayList<>();

    private final ReadOnlyObjectWrapper<List<PromptLines.Line>> shown =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("Loading…");
    private String filter = "";
    private boolean complete;
    private boolean failed;
    private boolean closed;

    /// @param words the text in lower case
    private record Prompt(PromptLines.Line line, String words) {
        boolean hasAll(String[] wanted) {
            for (String word : wanted) {
                if (!words.contains(word)) {
                    return false;
                }
            }
            return true;
        }
    }

    public OutlineViewModel(OutlineSource source, Executor fx) {
        this.source = source;
        this.fx = fx;
    }

    /// Starts loading.
    public void open() {
        request(Long.MAX_VALUE);
    }

    /// Nothing is loaded any more.
    public void close() {
        closed = true;
    }

    private void request(long before) {
        source.prompts(before).whenCompleteAsync((page, failure) -> receive(page, before), fx);
    }

    private void receive(@Nullable PromptLines page, long before) {
        if (closed) {
            return;
        }
        if (page == null) {
            failed = true;
            update();
            return;
        }
        for (PromptLines.Line line : page.prompts()) {
            all.add(new Prompt(line, line.text().toLowerCase(Locale.ROOT)));
        }
        complete = page.next() == 0 || page.next() >= before;
        if (!complete) {
            request(page.next());
        }
        update();
    }

    /// Shows only the prompts that contain all words.
    public void setFilter(String words) {
        filter = words;
        update();
    }

    private void update() {
        String[] words = filter.toLowerCase(Locale.ROOT).strip().split("\\s+");
        List<PromptLines.Line> fitting = new ArrayList<>();
        for (Prompt prompt : all.reversed()) {
            if (prompt.hasAll(words)) {
                fitting.add(prompt.line());
            }
        }
        shown.set(List.copyOf(fitting));
        status.set(statusOf(fitting.size()));
    }

    private String statusOf(int fitting) {
        if (failed) {
            return all.isEmpty()
                    ? "The prompts could not be loaded."
                    : counted(fitting) + ", earlier ones could not be loaded";
        }
        if (!complete && all.isEmpty()) {
            return "Loading…";
        }
        if (!complete) {
            return counted(fitting) + ", loading…";
        }
        if (all.isEmpty()) {
            return "There are no prompts yet.";
        }
        return fitting == 0 ? "No prompt has these words." : counted(fitting);
    }

    private static String counted(int prompts) {
        return prompts == 1 ? "1 prompt" : "%,d prompts".formatted(prompts);
    }

    /// The prompts that fit the filter, oldest first.
    public ReadOnlyObjectProperty<List<PromptLines.Line>> shown() {
        return shown.getReadOnlyProperty();
    }

    /// How many there are, or why there are none.
    public ReadOnlyStringProperty status() {
        return status.getReadOnlyProperty();
    }
}
