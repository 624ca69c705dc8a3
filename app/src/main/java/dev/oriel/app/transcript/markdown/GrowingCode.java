package dev.oriel.app.transcript.markdown;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.ColoredLines;
import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Renders a long block of code at the end of an answer while it grows, without parsing it again.
/// Only its last lines are rendered again, whatever its length. Once it has ended, it is a finished
/// block whose colours may still be missing.
final class GrowingCode implements GrowingBlock, FinishedBlock {
    /// A fence whose info string needs no decoding.
    private static final Pattern OPENING =
            Pattern.compile("(`{3,}|~{3,})([^`&\\\\\\n\\r\u0000]*)\\n");

    /// Lines of a finished part.
    private static final int PART = 16;

    /// Parts that are rendered again in one frame because their colours are known now.
    private static final int MAX_COLORED = 40;

    private final CodeBlock block;
    private final CodeColors colors;
    private final int above;
    private final int gap;
    private final Pattern closing;
    private final List<String> lines = new ArrayList<>();
    private final List<ParagraphBlock> parts = new ArrayList<>();
    private final int start;

    /// How many parts have all their colours.
    private int colored;

    /// Where the first line starts that is not complete.
    private int read;

    private boolean closed;

    /// Where the text after the closing fence starts; -1 if there is none.
    private int end = -1;

    /// What is copied, which the first line refers to, so that the line stays the same.
    private final GrowingText literal = new GrowingText();

    private @Nullable ParagraphBlock head;

    /// Known colours when the paragraphs were rendered last.
    private ColoredLines shownColors = ColoredLines.PLAIN;

    private List<ParagraphBlock> rendered = List.of();

    private GrowingCode(Matcher opening, CodeBlock block, CodeColors colors, int above, int gap) {
        this.block = block;
        this.colors = colors;
        this.above = above;
        this.gap = gap;
        String fence = opening.group(1);
        closing = Pattern.compile(" {0,3}" + fence.charAt(0) + "{" + fence.length() + ",}[ \\t]*");
        start = opening.end();
        read = start;
    }

    /// How to render a text that starts with a top-level block; null if that is not code, or can be
    /// rendered only as a whole.
    ///
    /// @param above space above it, pixels
    /// @param gap space below it, pixels
    static @Nullable GrowingCode of(
            String text, Styles styles, CodeColors colors, int above, int gap) {
        Matcher opening = OPENING.matcher(text);
        if (!opening.lookingAt() || !DisplayText.isProse(text)) {
            return null;
        }
        return new GrowingCode(opening, styles.block(opening.group(2)), colors, above, gap);
    }

    /// Gives the style of a block with an info string.
    interface Styles {
        CodeBlock block(String info);
    }

    @Override
    public @Nullable List<ParagraphBlock> render(String text) {
        for (int next = text.indexOf('\n', read); next >= 0; next = text.indexOf('\n', read)) {
            String line = text.substring(read, next);
            if (!DisplayText.isProse(line)) {
                closed = true;
                return null;
            }
            if (closing.matcher(line).matches()) {
                closed = true;
                literal.set(text.substring(start, read));
                end = next + 1;
                show(lines);
                return null;
            }
            lines.add(line);
            read = next + 1;
        }
        String open = text.substring(read);
        if (!DisplayText.isProse(open) || closing.matcher(open).matches()) {
            return null;
        }
        List<String> shown = new ArrayList<>(lines);
        if (!open.isEmpty() || shown.isEmpty()) {
            shown.add(open);
        }
        literal.set(open.isEmpty() ? text.substring(start) : text.substring(start) + '\n');
        show(shown);
        return rendered;
    }

    private void show(List<String> shown) {
        ColoredLines known = colors.of(block.language(), shown);
        finishParts(shown, known);
        if (head == null) {
            BlockBuilder first = new BlockBuilder();
            block.writeHead(first, literal, above);
            head = first.build();
        }
        BlockBuilder last = new BlockBuilder();
        block.writeLines(last, shown, known, parts.size() * PART, shown.size(), gap);
        List<ParagraphBlock> all = new ArrayList<>();
        all.add(head);
        all.addAll(parts);
        all.add(last.build());
        rendered = all;
        shownColors = known;
    }

    /// Where the text after the closing fence starts; -1 if it has not ended, or is to be parsed.
    int end() {
        return end;
    }

    @Override
    public List<ParagraphBlock> blocks() {
        if (!shownColors.complete() || colored < parts.size()) {
            ColoredLines known = colors.of(block.language(), lines);
            if (!known.equals(shownColors) || (colored < parts.size() && known.complete())) {
                show(lines);
            }
        }
        return rendered;
    }

    private void finishParts(List<String> shown, ColoredLines known) {
        // The lines of a part have their final colours once those of the next line are known.
        int most = colored + MAX_COLORED;
        while (colored < Math.min(parts.size(), most) && isColored(colored, known)) {
            parts.set(colored, part(colored, shown, known));
            colored++;
        }
        while (shown.size() - parts.size() * PART > 2 * PART) {
            int next = parts.size();
            parts.add(part(next, shown, known));
            if (colored == next && isColored(next, known)) {
                colored++;
            }
        }
    }

    private static boolean isColored(int part, ColoredLines known) {
        return known.complete() || known.spans().size() > (part + 1) * PART;
    }

    private ParagraphBlock part(int number, List<String> shown, ColoredLines known) {
        BlockBuilder out = new BlockBuilder();
        block.writeLines(out, shown, known, number * PART, (number + 1) * PART, gap);
        return out.build();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
