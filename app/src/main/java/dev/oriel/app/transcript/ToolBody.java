package dev.oriel.app.transcript;

import dev.oriel.app.conversation.ToolOutput;
import dev.oriel.app.conversation.ToolRun;
import dev.oriel.app.text.ToolText;
import dev.oriel.app.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fxmisc.richtext.model.StyledSegment;

/// Collects the lines of an opened tool call.
final class ToolBody {
    private static final int FIELD_LINES = 12;

    /// Labels of what is run or where; a command has none.
    private static final Set<String> JUDGED =
            Set.of("", "file path", "notebook path", "path", "url", "pattern");

    private record Row(Par par, List<StyledSegment<String, Ink>> text) {}

    private final List<Row> rows = new ArrayList<>();
    private final Par line;

    ToolBody(String kind) {
        line = Par.of("tool", "tool-body", "ruled", kind).padded(1, 12, 2, 38);
    }

    void text(String label, String text, Ink ink) {
        if (!label.isEmpty()) {
            add(line.padded(4, 12, 2, 38), label, Ink.of("label"));
        }
        for (String l : Visible.judged(text).lines().toList()) {
            add(line, l, ink);
        }
    }

    void field(String label, String text, int more, String itemId) {
        String visible = JUDGED.contains(label) ? Visible.judged(text) : Visible.data(text);
        LongText shown = LongText.of(visible.lines().toList(), FIELD_LINES, more);
        if (!label.isEmpty() && shown.lines().size() == 1 && text.length() < 200) {
            rows.add(
                    new Row(
                            line,
                            List.of(
                                    new StyledSegment<>(label + "  ", Ink.of("label")),
                                    new StyledSegment<>(shown.lines().getFirst(), Ink.CODE))));
            return;
        }
        if (!label.isEmpty()) {
            add(line.padded(4, 12, 2, 38), label, Ink.of("label"));
        }
        shown.lines().forEach(l -> add(line, l, Ink.CODE));
        more(shown, itemId);
    }

    void rows(List<Diffs.Row> diff, int atFirst, int more, String itemId) {
        List<String> texts = diff.stream().map(Diffs.Row::text).toList();
        LongText shown = LongText.of(texts, atFirst, more);
        for (int i = 0; i < shown.lines().size(); i++) {
            Diffs.Row row = diff.get(i);
            List<StyledSegment<String, Ink>> text =
                    List.of(
                            new StyledSegment<>(row.gutter(), Ink.of("mono", "gutter")),
                            new StyledSegment<>(Visible.data(shown.lines().get(i)), Ink.CODE));
            rows.add(new Row(line.and(row.styleClass()), text));
        }
        more(shown, itemId);
    }

    void output(ToolRun run, ToolOutput output, int more, String itemId, int atFirst) {
        String text = ToolText.output(run, output);
        if (text.isBlank() && output.images() == 0) {
            add(line.padded(6, 12, 2, 38), "No output", Ink.of("label"));
            return;
        }
        add(line.padded(rows.isEmpty() ? 0 : 6, 12, 2, 38), "Output", Ink.of("label"));
        LongText shown = LongText.of(Visible.data(text).lines().toList(), atFirst, more);
        shown.lines().forEach(l -> add(line.and("output"), l, Ink.of("mono", "output-text")));
        if (output.images() > 0) {
            add(
                    line,
                    output.images() == 1 ? "[1 image]" : "[%d images]".formatted(output.images()),
                    Ink.QUIET);
        }
        more(shown, itemId);
    }

    private void more(LongText shown, String itemId) {
        if (shown.left() > 0) {
            add(line.doing(new Action.ShowMore(itemId)), shown.moreText(), Ink.of("more"));
        }
    }

    private void add(Par par, String text, Ink ink) {
        rows.add(new Row(par, List.of(new StyledSegment<>(text, ink))));
    }

    Block block() {
        if (rows.isEmpty()) {
            add(line, "Nothing to show", Ink.of("label"));
        }
        Lines out = new Lines();
        for (int i = 0; i < rows.size(); i++) {
            Par p = rows.get(i).par();
            if (i == rows.size() - 1) {
                p =
                        p.and("closing")
                                .spaced(0, 6)
                                .padded(p.padding().top(), 12, 10, p.padding().left());
            }
            out.add(p, rows.get(i).text());
        }
        return out.block();
    }
}
