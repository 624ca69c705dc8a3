package dev.oriel.app.transcript.tools;

import dev.oriel.app.conversation.item.ChecklistEntry;
import dev.oriel.app.conversation.item.ToolDetail;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.highlight.Language;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.text.TerminalText;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import dev.oriel.app.transcript.markdown.AllowedLinks;
import dev.oriel.app.transcript.markdown.LinkTarget;
import dev.oriel.app.transcript.options.TextExcerpt;
import dev.oriel.app.transcript.terminal.PrintedOutput;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.fxmisc.richtext.model.StyledSegment;
import org.jspecify.annotations.Nullable;

/// Writes content of a certain form into the body of a card: code, tables, links, checklists.
final class CardContent {
    private static final int FIELD_LINES = 12;
    private static final int OUTPUT_LINES = 24;
    private static final int COMMAND_LINES = 40;
    private static final int WIDEST_NAME = 24;

    private final CardBody body;
    private final ParagraphStyle line;

    CardContent(CardBody body) {
        this.body = body;
        line = body.line();
    }

    /// A line with a quiet start.
    ///
    /// @param path the file that a click on the quiet part opens; empty for none
    record TwoParts(String quiet, String text, String path) {}

    /// Adds JSON in its colours.
    void json(String label, String json) {
        json(label, json, new ClickAction.Copy(json));
    }

    /// Adds JSON in its colours.
    ///
    /// @param copy what copies it
    void json(String label, String json, ClickAction copy) {
        body.heading(label, TextStyle.of("label"), "Copy", copy);
        code(Language.JSON, DisplayText.output(json).lines().toList(), OUTPUT_LINES, 0);
    }

    /// Adds a command of a shell, with every hidden character written out.
    void command(String text) {
        code(Language.SHELL, DisplayText.argument(text).lines().toList(), COMMAND_LINES, 0);
    }

    /// Adds a part of a file with its line numbers, in the colours of its language.
    void file(String path, int firstLine, String text) {
        if (text.isBlank()) {
            body.label("Empty");
            return;
        }
        body.heading("Content", TextStyle.of("label"), "Copy", text);
        List<String> lines = DisplayText.output(TerminalText.strip(text)).lines().toList();
        code(Language.ofFile(path), lines, OUTPUT_LINES, firstLine);
    }

    /// @param firstLine number of the first line; 0 for no numbers
    private void code(@Nullable Language language, List<String> lines, int atFirst, int firstLine) {
        TextExcerpt shown = body.excerpt(lines, atFirst);
        ColoredLines colors = body.card().options().colors().of(language, shown.lines());
        for (int i = 0; i < shown.lines().size(); i++) {
            List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
            if (firstLine > 0) {
                segments.add(
                        new StyledSegment<>(
                                "%5d  ".formatted(firstLine + i), TextStyle.of("mono", "gutter")));
            }
            segments.addAll(CodeSegments.of(shown.lines().get(i), colors.line(i)));
            body.add(line.withClasses("output"), segments);
        }
        body.more(shown);
    }

    /// Adds lines of which a part is quiet.
    void lines(String text, Function<String, TwoParts> split) {
        TextExcerpt shown = body.excerpt(DisplayText.output(text).lines().toList(), OUTPUT_LINES);
        for (String l : shown.lines()) {
            TwoParts parts = split.apply(l);
            List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
            if (!parts.quiet().isEmpty()) {
                TextStyle quiet = TextStyle.of("mono", "quiet");
                segments.add(
                        new StyledSegment<>(
                                parts.quiet(),
                                parts.path().isEmpty()
                                        ? quiet
                                        : quiet.withAction(
                                                new ClickAction.OpenFile(parts.path()))));
            }
            segments.add(new StyledSegment<>(parts.text(), TextStyle.of("mono", "output-text")));
            body.add(line.withClasses("output"), segments);
        }
        body.more(shown);
    }

    /// Adds a link with its title and its host. An address that must not be opened is text.
    void link(ToolDetail.WebLink link) {
        String url = DisplayText.argument(link.url());
        boolean allowed = AllowedLinks.isAllowed(link.url());
        String title = link.title().isBlank() ? url : DisplayText.prose(link.title()).strip();
        TextStyle ink =
                allowed
                        ? TextStyle.of("tool-prose", "link")
                                .withAction(new ClickAction.OpenLink(link.url()))
                        : TextStyle.of("tool-prose");
        List<StyledSegment<String, TextStyle>> segments = new ArrayList<>();
        segments.add(new StyledSegment<>(title.replace('\n', ' '), ink));
        String known = allowed ? LinkTarget.host(link.url()) : "";
        String host = known.isEmpty() && !title.equals(url) ? url : known;
        String rest = link.remark().isBlank() ? host : host + " · " + link.remark();
        if (!rest.isBlank() && !rest.equals(title)) {
            segments.add(new StyledSegment<>("  " + rest, TextStyle.of("label")));
        }
        body.add(line.withPadding(2, 12, 2, CardBody.LEFT), segments);
    }

    /// Adds an entry of a checklist: its state as a shape and, for screen readers too, as a word.
    void entry(ChecklistEntry entry) {
        String state = entry.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        body.add(
                line.withPadding(2, 12, 2, CardBody.LEFT),
                List.of(
                        new StyledSegment<>(
                                entry.state().mark() + "  ",
                                TextStyle.of("tool-prose", "entry-mark", "entry-" + state)),
                        new StyledSegment<>(
                                DisplayText.prose(entry.shownText()).replace('\n', ' '),
                                TextStyle.of("tool-prose", "entry-" + state)),
                        new StyledSegment<>("  " + entry.state().word(), TextStyle.of("label"))));
    }

    /// Adds what the user answered.
    void answer(String text) {
        List<String> lines = DisplayText.prose(text).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            body.add(
                    line.withPadding(1, 12, i == lines.size() - 1 ? 6 : 2, CardBody.LEFT),
                    (i == 0 ? "✓  " : "    ") + lines.get(i),
                    TextStyle.of("tool-prose", "strong"));
        }
    }

    /// Adds the members of an input as a table.
    void table(List<ToolRun.Field> fields) {
        int widest = 0;
        for (ToolRun.Field f : fields) {
            widest = Math.max(widest, Math.min(WIDEST_NAME, f.name().length()));
        }
        for (ToolRun.Field f : fields) {
            TextExcerpt shown =
                    body.excerpt(DisplayText.argument(f.text()).lines().toList(), FIELD_LINES);
            String name = Graphemes.truncate(CardBody.oneLine(f.name()), WIDEST_NAME);
            for (int i = 0; i < Math.max(1, shown.lines().size()); i++) {
                String start = i == 0 ? name : "";
                body.add(
                        line,
                        List.of(
                                new StyledSegment<>(
                                        start
                                                + " "
                                                        .repeat(
                                                                Math.max(0, widest - start.length())
                                                                        + 2),
                                        TextStyle.of("mono", "quiet")),
                                new StyledSegment<>(
                                        shown.lines().isEmpty() ? "" : shown.lines().get(i),
                                        TextStyle.CODE)));
            }
            body.more(shown);
        }
    }

    /// Adds output of a program that prints for a terminal.
    void printed(String label, String raw) {
        PrintedOutput shown = PrintedOutput.of(raw, body.card().options().expansions());
        body.heading(label, TextStyle.of("label"), "Copy", shown.text());
        shown.head().forEach(l -> body.add(line.withClasses("output"), l));
        if (shown.hidden() > 0) {
            body.add(
                    line.withAction(body.card().showMore()),
                    shown.hidden() == 1
                            ? "Show 1 more line"
                            : "Show more (%,d lines)".formatted(shown.hidden()),
                    TextStyle.of("more"));
        }
        shown.tail().forEach(l -> body.add(line.withClasses("output"), l));
    }
}
