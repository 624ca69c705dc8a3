package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.text.ToolOutputText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.TextExcerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fxmisc.richtext.model.StyledSegment;

/// Collects the lines of an opened tool call.
final class ToolBodyBuilder {
    private static final int FIELD_LINES = 12;

    /// Labels of fields that name what is run or where. A command has no label.
    private static final Set<String> ARGUMENT_LABELS =
            Set.of("", "file path", "notebook path", "path", "url", "pattern");

    private record Row(ParagraphStyle par, List<StyledSegment<String, TextStyle>> text) {}

    private final List<Row> rows = new ArrayList<>();
    private final ParagraphStyle line;

    ToolBodyBuilder(String kind) {
        line = ParagraphStyle.of("tool", "tool-body", "ruled", kind).withPadding(1, 12, 2, 38);
    }

    void text(String label, String text, TextStyle ink) {
        if (!label.isEmpty()) {
            add(line.withPadding(4, 12, 2, 38), label, TextStyle.of("label"));
        }
        for (String l : DisplayText.argument(text).lines().toList()) {
            add(line, l, ink);
        }
    }

    void field(String label, String text, int more, String itemId) {
        String visible =
                ARGUMENT_LABELS.contains(label)
                        ? DisplayText.argument(text)
                        : DisplayText.output(text);
        TextExcerpt shown = TextExcerpt.of(visible.lines().toList(), FIELD_LINES, more);
        if (!label.isEmpty() && shown.lines().size() == 1 && text.length() < 200) {
            rows.add(
                    new Row(
                            line,
                            List.of(
                                    new StyledSegment<>(label + "  ", TextStyle.of("label")),
                                    new StyledSegment<>(
                                            shown.lines().getFirst(), TextStyle.CODE))));
            return;
        }
        if (!label.isEmpty()) {
            add(line.withPadding(4, 12, 2, 38), label, TextStyle.of("label"));
        }
        shown.lines().forEach(l -> add(line, l, TextStyle.CODE));
        more(shown, itemId);
    }

    void rows(List<DiffRows.Row> diff, int atFirst, int more, String itemId) {
        List<String> texts = diff.stream().map(DiffRows.Row::text).toList();
        TextExcerpt shown = TextExcerpt.of(texts, atFirst, more);
        for (int i = 0; i < shown.lines().size(); i++) {
            DiffRows.Row row = diff.get(i);
            List<StyledSegment<String, TextStyle>> text =
                    List.of(
                            new StyledSegment<>(row.gutter(), TextStyle.of("mono", "gutter")),
                            new StyledSegment<>(
                                    DisplayText.output(shown.lines().get(i)), TextStyle.CODE));
            rows.add(new Row(line.withClasses(row.styleClass()), text));
        }
        more(shown, itemId);
    }

    void output(ToolRun run, ToolOutput output, int more, String itemId, int atFirst) {
        String text = ToolOutputText.of(run, output);
        if (text.isBlank() && output.images() == 0) {
            add(line.withPadding(6, 12, 2, 38), "No output", TextStyle.of("label"));
            return;
        }
        add(line.withPadding(rows.isEmpty() ? 0 : 6, 12, 2, 38), "Output", TextStyle.of("label"));
        TextExcerpt shown =
                TextExcerpt.of(DisplayText.output(text).lines().toList(), atFirst, more);
        shown.lines()
                .forEach(l ->
                        add(line.withClasses("output"), l, TextStyle.of("mono", "output-text")));
        if (output.images() > 0) {
            add(
                    line,
                    output.images() == 1 ? "[1 image]" : "[%d images]".formatted(output.images()),
                    TextStyle.QUIET);
        }
        more(shown, itemId);
    }

    private void more(TextExcerpt shown, String itemId) {
        if (shown.hiddenLines() > 0) {
            add(
                    line.withAction(new ClickAction.ShowMore(itemId)),
                    shown.showMoreText(),
                    TextStyle.of("more"));
        }
    }

    private void add(ParagraphStyle par, String text, TextStyle ink) {
        rows.add(new Row(par, List.of(new StyledSegment<>(text, ink))));
    }

    ParagraphBlock build() {
        if (rows.isEmpty()) {
            add(line, "Nothing to show", TextStyle.of("label"));
        }
        BlockBuilder out = new BlockBuilder();
        for (int i = 0; i < rows.size(); i++) {
            ParagraphStyle p = rows.get(i).par();
            if (i == rows.size() - 1) {
                p =
                        p.withClasses("closing")
                                .withVerticalMargin(0, 6)
                                .withPadding(p.padding().top(), 12, 10, p.padding().left());
            }
            out.add(p, rows.get(i).text());
        }
        return out.build();
    }
}
