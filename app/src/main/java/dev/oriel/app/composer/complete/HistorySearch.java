package dev.oriel.app.composer.complete;

import dev.oriel.client.ServerClient.PastPrompt;
import dev.oriel.platform.FutureFailures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The list of earlier prompts that contain what is typed. Without the server it has those of the
/// page that are known. Belongs to the JavaFX thread.
public final class HistorySearch implements PickerModel {
    private static final int LIMIT = 50;

    /// Characters of a prompt that its row shows.
    private static final int SHOWN_CHARS = 160;

    private static final String HERE =
            "Messages in this folder  ·  Ctrl+R: everywhere  ·  Esc: back";
    private static final String EVERYWHERE =
            "Messages everywhere  ·  Ctrl+R: this folder only  ·  Esc: back";

    private final Executor fx;
    private final ReadOnlyObjectWrapper<CompletionList> list =
            new ReadOnlyObjectWrapper<>(CompletionList.HIDDEN);
    private @Nullable PastPromptSource source;
    private boolean everywhere;
    private String words = "";

    /// The query that is under way; null for none. Of those that are made meanwhile only the last
    /// one is asked after it.
    private @Nullable Query running;

    private record Query(String words, boolean everywhere) {}

    public HistorySearch(Executor fx) {
        this.fx = fx;
    }

    /// Shows the prompts of a page's folder.
    public void open(PastPromptSource from) {
        source = from;
        everywhere = false;
        running = null;
        update("");
    }

    /// Hides the list.
    public void close() {
        source = null;
        running = null;
        list.set(CompletionList.HIDDEN);
    }

    /// Whether the list is in use.
    public boolean isOpen() {
        return source != null;
    }

    /// Switches between the page's folder and all folders.
    public void toggleEverywhere() {
        everywhere = !everywhere;
        update(words);
    }

    /// Finds the prompts that contain these words.
    public void update(String typed) {
        words = typed;
        PastPromptSource from = source;
        if (from != null && running == null) {
            start(from);
        }
    }

    private void start(PastPromptSource from) {
        Query query = new Query(words.strip(), everywhere);
        running = query;
        from.findPrompts(query.words(), query.everywhere(), LIMIT)
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (from.equals(source) && query.equals(running)) {
                                onFound(from, query, found, failure);
                            }
                        },
                        fx);
    }

    private void onFound(
            PastPromptSource from,
            Query query,
            @Nullable List<PastPrompt> found,
            @Nullable Throwable failure) {
        running = null;
        if (!query.equals(new Query(words.strip(), everywhere))) {
            start(from);
            return;
        }
        List<String> texts =
                found == null
                        ? known(from, query.words())
                        : found.stream().map(PastPrompt::text).toList();
        String scope = query.everywhere() ? EVERYWHERE : HERE;
        String note =
                failure == null
                        ? (texts.isEmpty() ? "No message matches\n" : "") + scope
                        : FutureFailures.message(failure)
                                + " Only what is known of this session is listed.";
        List<Completion> rows = texts.stream().map(t -> row(t, query.words())).toList();
        list.set(new CompletionList(0, rows, rows.isEmpty() ? -1 : 0, note));
    }

    private static List<String> known(PastPromptSource from, String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        Set<String> distinct = new LinkedHashSet<>();
        for (String prompt : from.sentPrompts().reversed()) {
            if (prompt.toLowerCase(Locale.ROOT).contains(wanted)) {
                distinct.add(prompt);
            }
        }
        return new ArrayList<>(distinct);
    }

    private static Completion row(String text, String words) {
        String line = text.strip().replaceAll("\\s+", " ");
        int at = words.isEmpty() ? -1 : indexOf(line, words);
        int from = at > SHOWN_CHARS / 2 ? Math.max(0, at - SHOWN_CHARS / 4) : 0;
        String shown = line.substring(from, Math.min(line.length(), from + SHOWN_CHARS));
        String name = from > 0 ? "…" + shown : shown;
        int start = at < 0 ? -1 : indexOf(name, words);
        List<Integer> matched =
                start < 0
                        ? List.of()
                        : IntStream.range(start, start + words.length()).boxed().toList();
        return new Completion(
                Completion.Kind.PROMPT, name, matched, "", List.of(), "", text, "", null);
    }

    private static int indexOf(String text, String words) {
        for (int i = 0; i + words.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, words, 0, words.length())) {
                return i;
            }
        }
        return -1;
    }

    /// The text of the selected prompt; null if there is none.
    public @Nullable String selectedText() {
        Completion row = list.get().selectedRow();
        return row == null ? null : row.insertion();
    }

    @Override
    public ReadOnlyObjectProperty<CompletionList> list() {
        return list.getReadOnlyProperty();
    }

    @Override
    public void select(int index) {
        CompletionList now = list.get();
        if (index >= 0 && index < now.rows().size()) {
            list.set(now.withSelected(index));
        }
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
}
