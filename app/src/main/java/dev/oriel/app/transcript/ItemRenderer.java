package dev.oriel.app.transcript;

import dev.oriel.app.conversation.Item;
import dev.oriel.app.conversation.Item.Level;
import dev.oriel.app.conversation.Spans;
import dev.oriel.app.text.TerminalText;
import dev.oriel.app.text.Visible;
import dev.oriel.app.transcript.Par.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.StyledSegment;

/// Draws items as blocks of paragraphs. Pure; on any thread.
final class ItemRenderer {
    /// Space over an item, pixels.
    static final int ITEM_SPACE = 12;

    /// Lines of a prompt that are shown at once.
    private static final int PROMPT_LINES = 60;

    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`]+)`(?!`)");

    private ItemRenderer() {}

    /// @param item complete or not; a growing answer is drawn from scratch
    static List<Block> render(Item item, Shape shape) {
        return switch (item) {
            case Item.Prompt p -> List.of(prompt(p, shape));
            case Item.Answer a ->
                    new Markdown(shape.columns())
                            .render(a.markdown(), true).stream()
                                    .map(Markdown.Piece::block)
                                    .toList();
            case Item.Thinking t -> thinking(t, shape);
            case Item.Tool t -> ToolCard.render(t, shape);
            case Item.TurnEnd e -> List.of(turnEnd(e));
            case Item.Notice n -> List.of(notice(n, shape));
            case Item.Retry r -> List.of(retry(r));
        };
    }

    private static Block prompt(Item.Prompt prompt, Shape shape) {
        Lines out = new Lines();
        List<String> lines = new ArrayList<>(Visible.prose(prompt.text()).lines().toList());
        if (prompt.attachments() > 0) {
            lines.add(
                    prompt.attachments() == 1
                            ? "[1 attachment]"
                            : "[%d attachments]".formatted(prompt.attachments()));
        }
        LongText shown = LongText.of(lines, PROMPT_LINES, shape.more());
        Par line = Par.of("prompt").padded(0, 16, 0, 16);
        int n = shown.lines().size();
        for (int i = 0; i < n; i++) {
            boolean first = i == 0;
            boolean last = i == n - 1 && shown.left() == 0;
            Par p = line.padded(first ? 10 : 0, 16, last ? 10 : 0, 16);
            if (first) {
                p = p.and(last ? "only" : "first").spaced(24, last ? 4 : 0);
            } else if (last) {
                p = p.and("last").spaced(0, 4);
            }
            out.add(p, shown.lines().get(i), Ink.PLAIN);
        }
        if (shown.left() > 0) {
            Par more = line.and("last").padded(2, 16, 10, 16).spaced(0, 4);
            out.add(more.doing(new Action.ShowMore(prompt.id())), shown.moreText(), Ink.of("more"));
        }
        return out.block();
    }

    private static List<Block> thinking(Item.Thinking t, Shape shape) {
        boolean opened = shape.toggled() && !t.text().isBlank();
        String label =
                t.open()
                        ? "Thinking"
                        : t.took() == null ? "Thought" : "Thought for " + Spans.words(t.took());
        Lines head = new Lines();
        Par line =
                Par.of("fold")
                        .spaced(ITEM_SPACE, opened ? 4 : 0)
                        .marked(new Mark.Icon("fth-cloud", 28));
        if (!t.text().isBlank()) {
            line = line.doing(new Action.Toggle(t.id()));
        }
        head.add(line, label, Ink.of("quiet"));
        if (!opened) {
            return List.of(head.block());
        }
        Lines body = new Lines();
        LongText shown = LongText.of(Visible.prose(t.text()).lines().toList(), 200, shape.more());
        for (String text : shown.lines()) {
            body.add(Par.of("thought").from(28), text, Ink.of("quiet"));
        }
        if (shown.left() > 0) {
            body.add(
                    Par.of("thought").from(28).doing(new Action.ShowMore(t.id())),
                    shown.moreText(),
                    Ink.of("more"));
        }
        return List.of(head.block(), body.block());
    }

    private static Block retry(Item.Retry offer) {
        Par line = Par.of("notice").padded(4, 12, 12, 14).doing(new Action.Retry(offer.id()));
        return new Lines().add(line, "Retry", Ink.of("more")).block();
    }

    private static Block turnEnd(Item.TurnEnd end) {
        List<String> parts = new ArrayList<>();
        switch (end.outcome()) {
            case COMPLETED -> {}
            case STOPPED -> parts.add("Stopped");
            case FAILED -> parts.add("Failed");
        }
        if (end.took() != null) {
            parts.add(Spans.words(end.took()));
        }
        if (end.tokensIn() + end.tokensOut() > 0) {
            parts.add(count(end.tokensIn()) + " tokens in, " + count(end.tokensOut()) + " out");
        }
        if (end.costUsd() != null && end.costUsd() > 0) {
            String cost = end.costUsd() < 0.01 ? "$%.4f" : "$%.2f";
            parts.add(String.format(Locale.ROOT, cost, end.costUsd()));
        }
        Par par = Par.of("turn-end").spaced(ITEM_SPACE, 8);
        return new Lines().add(par, String.join("  ·  ", parts), Ink.of("meta")).block();
    }

    static String count(long n) {
        if (n < 10_000) {
            return String.format(Locale.ROOT, "%,d", n);
        }
        return n < 1_000_000
                ? String.format(Locale.ROOT, "%.1fk", n / 1_000.0)
                : String.format(Locale.ROOT, "%.1fM", n / 1_000_000.0);
    }

    /// What stands between two backticks is shown as code, without them.
    private static List<StyledSegment<String, Ink>> withCode(String line, Ink ink) {
        List<StyledSegment<String, Ink>> out = new ArrayList<>();
        Matcher code = CODE.matcher(line);
        int from = 0;
        while (code.find()) {
            out.add(new StyledSegment<>(line.substring(from, code.start()), ink));
            out.add(new StyledSegment<>(code.group(1), ink.and("code-inline")));
            from = code.end();
        }
        out.add(new StyledSegment<>(line.substring(from), ink));
        return out;
    }

    /// Much of what notices say was printed by a program.
    private static List<String> printed(String text) {
        return Visible.data(TerminalText.applied(text)).lines().toList();
    }

    private static Block notice(Item.Notice notice, Shape shape) {
        Lines out = new Lines();
        String level = notice.level().name().toLowerCase(Locale.ROOT);
        boolean loud = notice.level() == Level.ERROR || notice.level() == Level.WARNING;
        boolean opened =
                shape.toggled() != (notice.level() == Level.ERROR) && !notice.details().isEmpty();
        Par line = Par.of("notice", "notice-" + level);
        if (loud) {
            line = line.and("ruled").padded(0, 12, 0, 14);
        }
        List<String> text = printed(notice.text());
        for (int i = 0; i < text.size(); i++) {
            boolean first = i == 0;
            boolean last = i == text.size() - 1;
            Par p = line.spaced(first ? ITEM_SPACE : 0, last && !opened ? 4 : 0);
            if (loud) {
                p = p.padded(first ? 8 : 0, 12, last && !opened ? 8 : 0, 14);
            }
            if (loud && (first || (last && !opened))) {
                p = p.and(first && last && !opened ? "only" : first ? "first" : "last");
            }
            if (first && !notice.details().isEmpty()) {
                p = p.doing(new Action.Toggle(notice.id()));
            }
            out.add(p, withCode(text.get(i), Ink.of(loud ? "notice-text" : "quiet")));
        }
        if (opened) {
            LongText shown =
                    LongText.of(printed(String.join("\n", notice.details())), 40, shape.more());
            for (int i = 0; i < shown.lines().size(); i++) {
                boolean last = i == shown.lines().size() - 1;
                Par p = line.spaced(0, last ? 4 : 0);
                p = p.padded(i == 0 ? 4 : 0, 12, last ? 8 : 0, loud ? 14 : 0);
                p = loud && last ? p.and("last") : p;
                out.add(
                        p,
                        List.of(
                                new StyledSegment<>(
                                        shown.lines().get(i), Ink.of("mono", "quiet"))));
            }
        }
        return out.block();
    }
}
