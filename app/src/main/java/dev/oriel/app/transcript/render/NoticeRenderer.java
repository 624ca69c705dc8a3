package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.text.TerminalText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.TextExcerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// Renders a notice: what happened, details on demand, and what the user can do about it.
final class NoticeRenderer {
    private static final int DETAILS = 40;
    private static final String GAP = "      ";

    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`]+)`(?!`)");

    private final Item.Notice notice;
    private final RenderOptions options;
    private final boolean loud;
    private final List<Line> lines = new ArrayList<>();

    private record Line(ParagraphStyle style, List<StyledSegment<String, TextStyle>> text) {}

    private NoticeRenderer(Item.Notice notice, RenderOptions options) {
        this.notice = notice;
        this.options = options;
        this.loud = notice.level() == Level.ERROR || notice.level() == Level.WARNING;
    }

    static ParagraphBlock render(Item.Notice notice, RenderOptions options) {
        return new NoticeRenderer(notice, options).render();
    }

    private ParagraphBlock render() {
        String level = notice.level() == Level.TRACE ? "quiet" : word(notice.level());
        ParagraphStyle line = ParagraphStyle.of("notice", "notice-" + level);
        if (loud) {
            line = line.withClasses("ruled").withPadding(0, 12, 0, 14);
        }
        boolean details = !notice.details().isEmpty();
        boolean verbose = options.settings().reading().detail() == DetailLevel.VERBOSE;
        boolean opened = details && options.isOpen(verbose);
        ClickAction toggle = new ClickAction.Toggle(notice.id());
        addText(line, details ? toggle : null);
        if (opened) {
            addDetails(line);
        }
        if (!notice.steps().isEmpty() || (loud && details)) {
            addSteps(line, details, opened, toggle);
        }
        return build();
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private void addText(ParagraphStyle line, @Nullable ClickAction toggle) {
        TextStyle ink = TextStyle.of(loud ? "notice-text" : "quiet");
        List<String> text = printed(notice.text());
        for (int i = 0; i < text.size(); i++) {
            List<StyledSegment<String, TextStyle>> segments = withCode(text.get(i), ink);
            String time = i < text.size() - 1 ? "" : LiveTime.text(notice, options.now());
            if (!time.isEmpty()) {
                segments.add(new StyledSegment<>("  ·  " + time, TextStyle.of("quiet", "meta")));
            }
            ParagraphStyle own = i == 0 && toggle != null ? line.withAction(toggle) : line;
            lines.add(new Line(own, segments));
        }
    }

    private void addDetails(ParagraphStyle line) {
        TextExcerpt shown =
                TextExcerpt.of(
                        printed(String.join("\n", notice.details())),
                        DETAILS,
                        options.expansions());
        ParagraphStyle first = line.withPadding(4, 12, 0, line.padding().left());
        for (int i = 0; i < shown.lines().size(); i++) {
            String text = shown.lines().get(i);
            lines.add(
                    new Line(
                            i == 0 ? first : line,
                            List.of(new StyledSegment<>(text, TextStyle.of("mono", "quiet")))));
        }
        if (shown.hiddenLines() > 0) {
            ClickAction more = new ClickAction.ShowMore(notice.id());
            lines.add(new Line(line.withAction(more), List.of(button(shown.showMoreText(), more))));
        }
    }

    private void addSteps(
            ParagraphStyle line, boolean details, boolean opened, ClickAction toggle) {
        List<StyledSegment<String, TextStyle>> row = new ArrayList<>();
        for (NextStep step : notice.steps()) {
            addGap(row);
            row.add(button(step.label(), action(step)));
        }
        if (details) {
            addGap(row);
            row.add(button(opened ? "Hide details" : "Show details", toggle));
        }
        lines.add(new Line(line.withPadding(6, 12, 0, line.padding().left()), row));
    }

    private static void addGap(List<StyledSegment<String, TextStyle>> row) {
        if (!row.isEmpty()) {
            row.add(new StyledSegment<>(GAP, TextStyle.PLAIN));
        }
    }

    private static StyledSegment<String, TextStyle> button(String text, ClickAction action) {
        return new StyledSegment<>(text, TextStyle.of("more").withAction(action));
    }

    private ClickAction action(NextStep step) {
        return switch (step) {
            case NextStep.CopyCommand(_, String command) -> new ClickAction.Copy(command);
            case NextStep.OpenPage(_, String url) -> new ClickAction.OpenLink(url);
            case NextStep.SendAgain _,
                    NextStep.Continue _,
                    NextStep.Compact _,
                    NextStep.OpenAccounts _,
                    NextStep.OpenSettings _ ->
                    new ClickAction.TakeStep(notice.id(), step);
        };
    }

    /// The lines with the space around them, and the corners of the background.
    private ParagraphBlock build() {
        BlockBuilder out = new BlockBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean first = i == 0;
            boolean last = i == lines.size() - 1;
            ParagraphStyle p = lines.get(i).style();
            p = p.withVerticalMargin(first ? ParagraphStyle.ITEM_SPACE : 0, last ? 4 : 0);
            if (loud) {
                p =
                        p.withVerticalPadding(
                                first ? 8 : p.padding().top(), last ? 8 : p.padding().bottom());
            }
            if (loud && (first || last)) {
                p = p.withClasses(first && last ? "only" : first ? "first" : "last");
            }
            out.add(p, lines.get(i).text());
        }
        return out.build();
    }

    /// Text between two backticks is shown as code, without them.
    private static List<StyledSegment<String, TextStyle>> withCode(String line, TextStyle ink) {
        List<StyledSegment<String, TextStyle>> out = new ArrayList<>();
        Matcher code = CODE.matcher(line);
        int from = 0;
        while (code.find()) {
            out.add(new StyledSegment<>(line.substring(from, code.start()), ink));
            out.add(new StyledSegment<>(code.group(1), ink.withClass("code-inline")));
            from = code.end();
        }
        out.add(new StyledSegment<>(line.substring(from), ink));
        return out;
    }

    /// Notices often contain output of a program.
    private static List<String> printed(String text) {
        return DisplayText.output(TerminalText.render(text)).lines().toList();
    }
}
