package dev.oriel.app.diff;

import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.highlight.Language;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an Edit, MultiEdit, Write or NotebookEdit changes, before it ran and after.
///
/// Before it ran, only the pieces of the file are known that are replaced. Its result has the whole
/// file, or at least the changed lines with their numbers.
public final class EditDiffs {
    private static final int USUAL_LINE = 40;

    /// The longest name in a title, characters.
    private static final int LONGEST_NAME = 60;

    private static final Pattern LINE_BREAKS = Pattern.compile("\\R+");

    private final String tool;
    private final List<ToolRun.Field> fields;
    private final UnaryOperator<String> shown;

    /// Whether the user has to judge it. Then its texts are whole, and all of them is shown.
    private final boolean proposed;

    private EditDiffs(
            String tool,
            List<ToolRun.Field> fields,
            UnaryOperator<String> shown,
            boolean proposed) {
        this.tool = tool;
        this.fields = fields;
        this.shown = shown;
        this.proposed = proposed;
    }

    /// One of the changes of a file.
    ///
    /// @param title what the diff shows, as text; may be empty
    public record Titled(String title, FileDiff diff) {}

    /// A replacement of a piece of text.
    private record Edit(String before, String after, boolean everywhere) {}

    /// @param tool the agent's name of the tool
    /// @param fields the input, with texts as [Truncation] bounds them; the edits of a MultiEdit
    ///   one after the other
    /// @param change what the result reports; null if there is none
    /// @param shown makes a line fit to be shown
    public static List<Titled> of(
            String tool,
            List<ToolRun.Field> fields,
            @Nullable FileChange change,
            UnaryOperator<String> shown) {
        return new EditDiffs(tool, fields, shown, false).diffs(change);
    }

    /// What an edit would change that has not run.
    ///
    /// @param fields the input, whole
    public static List<Titled> proposed(
            String tool, List<ToolRun.Field> fields, UnaryOperator<String> shown) {
        return new EditDiffs(tool, fields, shown, true).diffs(null);
    }

    /// The path of the file; empty if the input has none.
    public static String path(List<ToolRun.Field> fields) {
        for (String name : List.of("file_path", "notebook_path", "path")) {
            for (ToolRun.Field f : fields) {
                if (f.name().equals(name)) {
                    return f.text();
                }
            }
        }
        return "";
    }

    /// The language of the changed text, as far as it is known: a notebook contains cells in
    /// languages of their own.
    public static @Nullable Language language(String tool, List<ToolRun.Field> fields) {
        if (tool.equals("NotebookEdit")) {
            boolean prose =
                    fields.stream()
                            .anyMatch(f ->
                                    f.name().equals("cell_type") && f.text().equals("markdown"));
            return prose ? Language.MARKDOWN : null;
        }
        return Language.ofFile(path(fields));
    }

    /// Number of characters that are compared, roughly.
    public static int size(List<ToolRun.Field> fields, @Nullable FileChange change) {
        int size = 0;
        for (ToolRun.Field f : fields) {
            size += f.text().length();
        }
        if (change != null) {
            size += change.original() == null ? 0 : change.original().length();
            for (FileChange.Hunk hunk : change.hunks()) {
                size += USUAL_LINE * hunk.lines().size();
            }
        }
        return size;
    }

    private List<Titled> diffs(@Nullable FileChange change) {
        List<Titled> diffs =
                switch (tool) {
                    case "Write" -> write(change);
                    case "NotebookEdit" -> notebook(change);
                    default -> edits(change);
                };
        if (change != null && change.revised() != null) {
            return diffs.stream().map(EditDiffs::revised).toList();
        }
        return diffs;
    }

    private static Titled revised(Titled diff) {
        return new Titled(
                diff.title(), withNote(diff.diff(), "You edited this before allowing it"));
    }

    private static FileDiff withNote(FileDiff diff, String note) {
        List<String> notes = new ArrayList<>(diff.notes());
        notes.add(note);
        return new FileDiff(diff.parts(), notes, diff.added(), diff.removed());
    }

    private String field(String name) {
        for (ToolRun.Field f : fields) {
            if (f.name().equals(name)) {
                return f.text();
            }
        }
        return "";
    }

    private List<Titled> write(@Nullable FileChange change) {
        String content =
                change != null && change.revised() != null ? change.revised() : field("content");
        boolean whole = isWhole(content);
        if (change != null && change.original() != null && whole) {
            return List.of(new Titled("", TextDiff.ofFile(change.original(), content, shown)));
        }
        if (change != null && !change.hunks().isEmpty()) {
            return List.of(new Titled("", PatchDiff.of(change, shown)));
        }
        String title =
                content.isEmpty()
                        ? "An empty file"
                        : proposed
                                ? "New content of the whole file"
                                : change == null || change.created()
                                        ? ""
                                        : "New content; the old one is not known";
        return List.of(new Titled(title, withCutNote(file(known(content)), content)));
    }

    private FileDiff file(String content) {
        if (content.isEmpty()) {
            return new FileDiff(List.of(), List.of(), 0, 0);
        }
        return proposed
                ? TextDiff.ofProposal("", content, true, shown)
                : TextDiff.ofFile("", content, shown);
    }

    private FileDiff piece(String before, String after) {
        FileDiff diff =
                proposed
                        ? TextDiff.ofProposal(before, after, false, shown)
                        : TextDiff.ofPiece(known(before), known(after), shown);
        return withCutNote(withCutNote(diff, before), after);
    }

    /// Whether a text of the input is whole. It may have been cut when it was received, unless the
    /// user has to judge it.
    private boolean isWhole(String text) {
        return proposed || Truncation.cutAt(text) < 0;
    }

    /// What is known of a text of the input.
    private String known(String text) {
        return isWhole(text) ? text : text.substring(0, Truncation.cutAt(text));
    }

    /// Says how much of a text is not known.
    private FileDiff withCutNote(FileDiff diff, String text) {
        return isWhole(text) ? diff : withNote(diff, text.substring(Truncation.cutAt(text) + 1));
    }

    private List<Titled> notebook(@Nullable FileChange change) {
        String mode = field("edit_mode");
        String id = inTitle(field("cell_id"));
        String type = inTitle(field("cell_type"));
        String cell = (type.isEmpty() ? "cell" : type + " cell") + (id.isEmpty() ? "" : " " + id);
        String before = change == null ? null : change.original();
        String source = field("new_source");
        return switch (mode) {
            case "insert" ->
                    List.of(
                            new Titled(
                                    id.isEmpty()
                                            ? "Insert a " + cell + " at the start"
                                            : "Insert a "
                                                    + (type.isEmpty() ? "cell" : type + " cell")
                                                    + " after "
                                                    + id,
                                    piece("", source)));
            case "delete" ->
                    List.of(
                            new Titled(
                                    before == null
                                            ? "Delete " + cell + "; its source is not known"
                                            : "Delete " + cell,
                                    piece(before == null ? "" : before, "")));
            default ->
                    List.of(
                            new Titled(
                                    before == null
                                            ? "Replace " + cell + "; its old source is not known"
                                            : "Replace " + cell,
                                    piece(before == null ? "" : before, source)));
        };
    }

    /// A short name from outside in one line.
    private String inTitle(String name) {
        String line = LINE_BREAKS.matcher(name).replaceAll(" ").strip();
        return shown.apply(Graphemes.truncate(line, LONGEST_NAME));
    }

    private List<Titled> edits(@Nullable FileChange change) {
        List<Edit> edits = edits();
        boolean whole = edits.stream().allMatch(e -> isWhole(e.before()) && isWhole(e.after()));
        if (change != null && change.original() != null && whole) {
            String after = applied(edits, change.original(), change.revised());
            FileDiff diff = after == null ? null : TextDiff.ofFile(change.original(), after, shown);
            if (diff != null && agrees(diff, change)) {
                return List.of(new Titled(everywhere(edits), diff));
            }
        }
        if (change != null && !change.hunks().isEmpty()) {
            return List.of(new Titled(everywhere(edits), PatchDiff.of(change, shown)));
        }
        List<Titled> diffs = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            Edit edit = edits.get(i);
            String number = edits.size() == 1 ? "" : "Edit %d of %d".formatted(i + 1, edits.size());
            String all = edit.everywhere() ? "All occurrences" : "";
            diffs.add(
                    new Titled(
                            number.isEmpty() || all.isEmpty()
                                    ? number + all
                                    : number + ", all occurrences",
                            piece(edit.before(), edit.after())));
        }
        return diffs;
    }

    /// The CLI also removes the line break after a deleted text, for example.
    private static boolean agrees(FileDiff diff, FileChange change) {
        return change.hunks().isEmpty()
                || (diff.added() == change.added() && diff.removed() == change.removed());
    }

    private static String everywhere(List<Edit> edits) {
        return edits.size() == 1 && edits.getFirst().everywhere() ? "All occurrences" : "";
    }

    /// The edits of the input. `old_string` is the first member of each; in a single edit it may be
    /// anywhere.
    private List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        long starts = fields.stream().filter(f -> f.name().equals("old_string")).count();
        if (starts <= 1) {
            return starts == 0 && field("new_string").isEmpty() ? List.of() : List.of(edit(fields));
        }
        int from = -1;
        for (int i = 0; i <= fields.size(); i++) {
            if (i == fields.size() || fields.get(i).name().equals("old_string")) {
                if (from >= 0) {
                    edits.add(edit(fields.subList(from, i)));
                }
                from = i;
            }
        }
        return edits;
    }

    private static Edit edit(List<ToolRun.Field> members) {
        String before = "";
        String after = "";
        boolean everywhere = false;
        for (ToolRun.Field f : members) {
            switch (f.name()) {
                case "old_string" -> before = f.text();
                case "new_string" -> after = f.text();
                case "replace_all" -> everywhere = f.text().equals("true");
                default -> {
                    // Not a part of the change.
                }
            }
        }
        return new Edit(before, after, everywhere);
    }

    /// The file after the edits; null if they do not fit to it. The CLI applies an edit also if
    /// quotation marks or line endings differ.
    private static @Nullable String applied(
            List<Edit> edits, String original, @Nullable String revised) {
        String text = original;
        for (Edit edit : edits) {
            int at = text.indexOf(edit.before());
            if (edit.before().isEmpty() || at < 0) {
                return null;
            }
            String after = revised != null && edits.size() == 1 ? revised : edit.after();
            text =
                    edit.everywhere()
                            ? text.replace(edit.before(), after)
                            : text.substring(0, at)
                                    + after
                                    + text.substring(at + edit.before().length());
        }
        return edits.isEmpty() ? null : text;
    }
}
