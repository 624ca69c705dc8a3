package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.ToolOutput;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.diff.DiffRenderer;
import dev.oriel.app.transcript.diff.DiffView;
import dev.oriel.app.transcript.diff.RenderedDiff;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import java.util.List;
import org.fxmisc.richtext.model.StyledSegment;

/// A change of a file, as a diff.
final class EditCard implements ToolCard {
    /// Room between the rule of the card and the numbers, pixels.
    private static final int LEFT = 14;

    /// The greatest number of rows before and after each click on what shows more.
    private static final List<Integer> ROWS = List.of(30, 500, 2_000);

    /// The most characters of a line before anything is expanded.
    private static final int LONGEST = 2_000;

    @Override
    public void write(CardScope card, CardBody body) {
        ToolRun run = card.run();
        String path = EditDiffs.path(run.fields());
        if (!path.equals(CardHead.shownArgument(card))) {
            body.text("", path, TextStyle.of("mono", "quiet"));
        }
        List<EditDiffs.Titled> diffs = diffs(run);
        if (!diffs.isEmpty()) {
            body.add(body.line().withPadding(1, 12, 6, CardBody.LEFT), tools(run, diffs));
        }
        RenderedDiff diff = DiffRenderer.render(diffs, view(card, body));
        for (int i = 0; i < diff.rows().size(); i++) {
            RenderedDiff.Row row = diff.rows().get(i);
            body.add(isRemark(row) ? remark(row.par(), i == 0) : row.par(), row.text());
        }
        if (diff.hiddenLines() > 0) {
            more(card, body, diff.hiddenLines());
        }
        if (run.output() != null && (diffs.isEmpty() || !(run.state() instanceof ToolState.Ok))) {
            body.output();
        }
    }

    private static List<EditDiffs.Titled> diffs(ToolRun run) {
        FileChange change = run.output() == null ? null : run.output().change();
        return EditDiffs.of(run.name(), run.fields(), change, DisplayText::output);
    }

    private static DiffView view(CardScope card, CardBody body) {
        RenderOptions options = card.options();
        int step = Math.min(options.expansions(), ROWS.size() - 1);
        return new DiffView(
                body.line().withPadding(1, 12, 1, LEFT),
                options.columns() - card.indent() / 8,
                options.settings().reading().diffs(),
                ROWS.get(step),
                LONGEST * (1 + 10 * step),
                card::isSectionOpen,
                card::toggleSection,
                EditDiffs.language(card.run().name(), card.run().fields()),
                options.colors());
    }

    private static boolean isRemark(RenderedDiff.Row row) {
        return row.par().classes().contains(DiffRenderer.REMARK);
    }

    /// A title or note is a line of the card, not of the diff.
    private static ParagraphStyle remark(ParagraphStyle rendered, boolean first) {
        return rendered.withPadding(first ? 0 : 8, 12, 4, CardBody.LEFT);
    }

    private static String kind(ToolRun run, List<EditDiffs.Titled> diffs) {
        if (diffs.stream().allMatch(d -> d.diff().isBinary())) {
            return "Binary";
        }
        Language language = EditDiffs.language(run.name(), run.fields());
        if (language == null) {
            return run.name().equals("NotebookEdit") ? "Notebook" : "Text";
        }
        return language.displayName();
    }

    private static List<StyledSegment<String, TextStyle>> tools(
            ToolRun run, List<EditDiffs.Titled> diffs) {
        return List.of(
                new StyledSegment<>(kind(run, diffs), TextStyle.of("label")),
                new StyledSegment<>("   ", TextStyle.of("label")),
                new StyledSegment<>(
                        "Open diff",
                        TextStyle.of("label", "link-quiet")
                                .withAction(new ClickAction.OpenDiff(run))));
    }

    private static void more(CardScope card, CardBody body, int lines) {
        boolean last = card.options().expansions() >= ROWS.size() - 1;
        String count = lines == 1 ? "1 more line" : "%,d more lines".formatted(lines);
        if (last) {
            body.add(body.line(), count, TextStyle.of("label"));
        } else {
            body.add(
                    body.line().withAction(card.showMore()), "Show " + count, TextStyle.of("more"));
        }
    }

    @Override
    public String facts(ToolRun run) {
        ToolOutput output = run.output();
        FileChange change = output == null ? null : output.change();
        if (change == null || !(run.state() instanceof ToolState.Ok)) {
            return "";
        }
        if (change.created()) {
            String content = run.field("content");
            // How many lines are missing is not known.
            return Truncation.cutAt(content) < 0 ? "+%,d".formatted(content.lines().count()) : "";
        }
        return change.hunks().isEmpty()
                ? ""
                : "+%,d −%,d".formatted(change.added(), change.removed());
    }
}
