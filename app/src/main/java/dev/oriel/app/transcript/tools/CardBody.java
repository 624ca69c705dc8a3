package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.text.ToolOutputText;
import dev.oriel.app.transcript.document.AttachmentRow;
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

/// Collects the lines of an opened card.
final class CardBody {
    private static final int FIELD_LINES = 12;
    private static final int OUTPUT_LINES = 24;
    private static final int EXCERPT_LINES = 8;
    static final int LEFT = 38;

    /// Labels of fields that name what is run or where. A command has no label.
    private static final Set<String> ARGUMENT_LABELS =
            Set.of("", "file path", "notebook path", "path", "url", "pattern");

    /// What a card shows below its first line, in order.
    private sealed interface Part {}

    private record Row(ParagraphStyle par, List<StyledSegment<String, TextStyle>> text)
            implements Part {}

    private record Blocks(List<ParagraphBlock> blocks) implements Part {}

    private final CardScope card;
    private final List<Part> rows = new ArrayList<>();
    private final ParagraphStyle line;

    private final CardMarkdown markdown = new CardMarkdown(this);

    CardBody(CardScope card) {
        this.card = card;
        line =
                ParagraphStyle.of("tool", "tool-body", "ruled", card.kindClass())
                        .withLeftMargin(card.indent())
                        .withPadding(1, 12, 2, LEFT);
    }

    CardScope card() {
        return card;
    }

    /// Writes code, tables, links and checklists.
    CardContent content() {
        return new CardContent(this);
    }

    /// Writes Markdown.
    CardMarkdown markdown() {
        return markdown;
    }

    /// Whether nothing was added yet.
    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// The style of one line of the body.
    ParagraphStyle line() {
        return line;
    }

    /// Names come from tools too.
    static String oneLine(String name) {
        return DisplayText.argument(name).replace('\n', ' ');
    }

    /// Adds a small heading.
    void label(String text) {
        add(
                line.withPadding(rows.isEmpty() ? 0 : 6, 12, 2, LEFT),
                oneLine(text),
                TextStyle.of("label"));
    }

    /// Adds the lines of a text, the last one with what copies another text.
    ///
    /// @param text may be empty
    /// @param label of what copies
    void heading(String text, TextStyle ink, String label, String copied) {
        heading(text, ink, label, new ClickAction.Copy(copied));
    }

    /// Adds the lines of a text, the last one with an action.
    ///
    /// @param text may be empty
    /// @param label of the action
    void heading(String text, TextStyle ink, String label, ClickAction action) {
        List<String> lines = DisplayText.prose(text).strip().lines().toList();
        ParagraphStyle style = line.withPadding(rows.isEmpty() ? 0 : 6, 12, 2, LEFT);
        for (int i = 0; i < lines.size() - 1; i++) {
            add(i == 0 ? style : line, lines.get(i), ink);
        }
        List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
        if (!lines.isEmpty()) {
            segments.add(new StyledSegment<>(lines.getLast() + "   ", ink));
        }
        segments.add(
                new StyledSegment<>(label, TextStyle.of("label", "link-quiet").withAction(action)));
        add(lines.size() > 1 ? line : style, segments);
    }

    /// Adds a text of the model in words.
    void prose(String text) {
        for (String l : DisplayText.prose(text).lines().toList()) {
            add(line, l, TextStyle.of("tool-prose"));
        }
    }

    /// Adds the lines of a text, with a heading unless it is empty.
    void text(String label, String text, TextStyle ink) {
        if (!label.isEmpty()) {
            label(label);
        }
        for (String l : DisplayText.argument(text).lines().toList()) {
            add(line, l, ink);
        }
    }

    /// Adds a member of the input.
    void field(String label, String text) {
        String visible =
                ARGUMENT_LABELS.contains(label)
                        ? DisplayText.argument(text)
                        : DisplayText.output(text);
        TextExcerpt shown = excerpt(visible.lines().toList(), FIELD_LINES);
        if (!label.isEmpty() && shown.lines().size() == 1 && text.length() < 200) {
            add(
                    line,
                    List.of(
                            new StyledSegment<>(oneLine(label) + "  ", TextStyle.of("label")),
                            new StyledSegment<>(shown.lines().getFirst(), TextStyle.CODE)));
            return;
        }
        if (!label.isEmpty()) {
            label(label);
        }
        shown.lines().forEach(l -> add(line, l, TextStyle.CODE));
        more(shown);
    }

    /// Adds the output as text, if there is a result.
    void output() {
        ToolOutput output = card.run().output();
        if (output == null) {
            return;
        }
        String text = ToolOutputText.of(card.run(), output);
        if (text.isBlank() && output.attachments().isEmpty()) {
            label("No output");
            return;
        }
        label("Output");
        TextExcerpt shown = excerpt(DisplayText.output(text).lines().toList(), OUTPUT_LINES);
        shown.lines()
                .forEach(l ->
                        add(line.withClasses("output"), l, TextStyle.of("mono", "output-text")));
        images(output);
        more(shown);
    }

    /// Adds the images and documents in the result.
    void images(ToolOutput output) {
        if (!output.attachments().isEmpty()) {
            // The name of the file that was read.
            List<Attachment> named =
                    output.attachments().stream()
                            .map(a -> a.withPath(card.run().field("file_path")))
                            .toList();
            add(
                    line.withPadding(4, 12, 2, LEFT),
                    AttachmentRow.of(named, card.options().columns() - 8));
        }
    }

    TextExcerpt excerpt(List<String> lines, int atFirst) {
        return TextExcerpt.of(lines, atFirst, card.options().expansions());
    }

    /// Adds what shows more of a text, if a part of it is hidden.
    void more(TextExcerpt shown) {
        if (shown.hiddenLines() > 0) {
            add(line.withAction(card.showMore()), shown.showMoreText(), TextStyle.of("more"));
        }
    }

    void add(ParagraphStyle par, String text, TextStyle ink) {
        add(par, List.of(new StyledSegment<>(text, ink)));
    }

    void add(ParagraphStyle par, List<StyledSegment<String, TextStyle>> text) {
        rows.add(new Row(par, text));
    }

    /// Adds finished blocks, such as another card, beside the rule of this one.
    void blocks(List<ParagraphBlock> blocks) {
        rows.add(new Blocks(IndentedBlocks.ruled(blocks, card.indent(), card.kindClass())));
    }

    /// Adds a long text in words, of which the start is shown.
    void excerpt(String label, String text) {
        if (text.isBlank()) {
            return;
        }
        label(label);
        TextExcerpt shown =
                excerpt(DisplayText.prose(text).strip().lines().toList(), EXCERPT_LINES);
        shown.lines().forEach(l -> add(line, l, TextStyle.of("tool-prose")));
        more(shown);
    }

    /// Adds a line that opens or closes something.
    void toggle(String text, ClickAction action) {
        add(
                line.withPadding(rows.isEmpty() ? 0 : 6, 12, 2, LEFT),
                List.of(
                        new StyledSegment<>(
                                text, TextStyle.of("label", "link-quiet").withAction(action))));
    }

    List<ParagraphBlock> build() {
        if (rows.isEmpty()) {
            label("Nothing to show");
        }
        List<ParagraphBlock> all = new ArrayList<>();
        BlockBuilder out = new BlockBuilder();
        for (int i = 0; i < rows.size(); i++) {
            switch (rows.get(i)) {
                case Row row -> {
                    boolean ends = i == rows.size() - 1;
                    boolean closes = ends || rows.get(i + 1) instanceof Blocks;
                    out.add(closes ? closing(row.par(), ends) : row.par(), row.text());
                }
                case Blocks(var blocks) -> {
                    if (out.size() > 0) {
                        all.add(out.build());
                        out = new BlockBuilder();
                    }
                    all.addAll(blocks);
                }
            }
        }
        if (out.size() > 0) {
            all.add(out.build());
        }
        return all;
    }

    /// @param ends whether the card ends with it. Else its rule continues.
    private static ParagraphStyle closing(ParagraphStyle p, boolean ends) {
        return p.withClasses("closing")
                .withVerticalMargin(0, ends ? 6 : 0)
                .withPadding(p.padding().top(), 12, 10, p.padding().left());
    }
}
