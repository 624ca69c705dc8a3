package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.AttachmentRow;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.TextExcerpt;
import java.util.ArrayList;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// Renders a prompt: its text, what is attached, and the texts of attached files once they are
/// opened. Pure; on any thread.
final class PromptRenderer {
    /// The part of a prompt that has the texts of its files.
    private static final String TEXTS = "#texts";

    /// Lines of a prompt before it is expanded.
    private static final int LINES = 60;

    /// Lines of each attached text before it is expanded.
    private static final int ATTACHED_LINES = 24;

    /// Space to the left and right of the text, pixels.
    private static final int SIDE = 16;

    private static final TextStyle MORE = TextStyle.of("more");
    private static final ParagraphStyle LINE =
            ParagraphStyle.of("prompt").withPadding(0, SIDE, 0, SIDE);

    private final Item.Prompt prompt;
    private final RenderOptions options;
    private final List<Row> rows = new ArrayList<>();

    /// One paragraph. Space is in pixels.
    ///
    /// @param above space above it, if it is not the first one
    /// @param first space above it, if it is the first one
    /// @param last space below it, if it is the last one
    private record Row(
            ParagraphStyle style,
            int above,
            int first,
            int last,
            List<StyledSegment<String, TextStyle>> text) {}

    private PromptRenderer(Item.Prompt prompt, RenderOptions options) {
        this.prompt = prompt;
        this.options = options;
    }

    static ParagraphBlock render(Item.Prompt prompt, RenderOptions options) {
        PromptRenderer renderer = new PromptRenderer(prompt, options);
        renderer.addRows();
        return renderer.build();
    }

    /// The cost of rendering the texts of files, in characters.
    static int costOfTexts(Item.Prompt prompt, RenderOptions options) {
        int cost = 0;
        if (options.isPartOpen(TEXTS, false)) {
            for (Attachment file : prompt.attachments()) {
                cost += Math.min(file.text().length(), 16_000);
            }
        }
        return cost;
    }

    private void addRows() {
        addText(prompt.text(), LINES, TextStyle.PLAIN);
        if (!prompt.attachments().isEmpty()) {
            rows.add(
                    new Row(
                            LINE,
                            6,
                            12,
                            8,
                            AttachmentRow.of(prompt.attachments(), options.columns())));
        }
        List<Attachment> files =
                prompt.attachments().stream().filter(a -> !a.text().isBlank()).toList();
        if (!files.isEmpty()) {
            addFiles(files);
        }
    }

    private void addText(String text, int atFirst, TextStyle style) {
        boolean code = style.equals(TextStyle.CODE);
        List<String> lines =
                (code ? DisplayText.output(text) : DisplayText.prose(text)).lines().toList();
        TextExcerpt shown = TextExcerpt.of(new ArrayList<>(lines), atFirst, options.expansions());
        for (String line : shown.lines()) {
            add(LINE, 0, line, style);
        }
        if (shown.hiddenLines() > 0) {
            add(
                    LINE.withAction(new ClickAction.ShowMore(prompt.id())),
                    2,
                    shown.showMoreText(),
                    MORE);
        }
    }

    private void add(ParagraphStyle line, int above, String text, TextStyle style) {
        rows.add(new Row(line, above, 10, 10, List.of(new StyledSegment<>(text, style))));
    }

    private void addFiles(List<Attachment> files) {
        boolean open = options.isPartOpen(TEXTS, false);
        ParagraphStyle head = LINE.withAction(new ClickAction.TogglePart(prompt.id(), TEXTS));
        String what = files.size() == 1 ? "text" : "the text of %,d files".formatted(files.size());
        add(open ? head.toOpened() : head, 2, (open ? "Hide " : "Show ") + what, MORE);
        if (!open) {
            return;
        }
        for (Attachment file : files) {
            if (files.size() > 1) {
                String name = file.fileName().isBlank() ? file.label() : file.fileName();
                add(LINE, 6, DisplayText.argument(name), TextStyle.of("label"));
            }
            addText(file.text(), ATTACHED_LINES, TextStyle.CODE);
        }
    }

    /// The first and the last paragraph round the corners of what is behind all of them.
    private ParagraphBlock build() {
        BlockBuilder out = new BlockBuilder();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            boolean first = i == 0;
            boolean last = i == rows.size() - 1;
            ParagraphStyle style =
                    row.style()
                            .withPadding(
                                    first ? row.first() : row.above(),
                                    SIDE,
                                    last ? row.last() : row.above() > 0 ? 2 : 0,
                                    SIDE);
            if (first || last) {
                style =
                        style.withClasses(first ? last ? "only" : "first" : "last")
                                .withVerticalMargin(first ? 24 : 0, last ? 4 : 0);
            }
            out.add(style, row.text());
        }
        return out.build();
    }
}
