package dev.oriel.app.transcript.document;

import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;
import org.fxmisc.richtext.model.SegmentOps;
import org.fxmisc.richtext.model.StyledSegment;
import org.fxmisc.richtext.model.TextOps;

/// Collects paragraphs into a [ParagraphBlock].
///
/// No paragraph becomes longer than [#LONGEST]. The time for the layout of a paragraph grows much
/// faster than its length: one of 200,000 characters blocks the window for seconds.
public final class BlockBuilder {
    /// The longest paragraph, characters.
    public static final int LONGEST = 2_000;

    /// The style classes of prose. Only prose is aligned to the side from which it is read.
    private static final Set<String> PROSE = Set.of("prose", "heading", "prompt", "thought");

    public static final TextOps<String, TextStyle> OPS = SegmentOps.styledTextOps();

    private final List<ParagraphStyle> pars = new ArrayList<>();
    private final List<List<StyledSegment<String, TextStyle>>> texts = new ArrayList<>();

    public int size() {
        return pars.size();
    }

    /// Adds one line, which is cut if it is too long.
    public BlockBuilder add(ParagraphStyle par, List<StyledSegment<String, TextStyle>> line) {
        List<StyledSegment<String, TextStyle>> now = new ArrayList<>();
        ParagraphStyle style = par;
        int length = 0;
        for (StyledSegment<String, TextStyle> segment : line) {
            String rest = segment.getSegment();
            while (length + rest.length() > LONGEST) {
                int cut = cut(rest, LONGEST - length);
                if (cut > 0) {
                    now.add(new StyledSegment<>(rest.substring(0, cut), segment.getStyle()));
                }
                put(style.toUpperPart(), now);
                now = new ArrayList<>();
                style = style.toLowerPart();
                length = 0;
                rest = rest.substring(cut);
            }
            if (!rest.isEmpty()) {
                boolean whole = rest.length() == segment.getSegment().length();
                now.add(whole ? segment : new StyledSegment<>(rest, segment.getStyle()));
                length += rest.length();
            }
        }
        // An empty line keeps its style, and with it the height of its neighbours.
        put(style, now.isEmpty() && !line.isEmpty() ? List.of(line.getLast()) : now);
        return this;
    }

    public BlockBuilder add(ParagraphStyle par, String text, TextStyle ink) {
        return add(par, List.of(new StyledSegment<>(text, ink)));
    }

    /// Adds one line, which is not cut. Only for lines that are not wrapped: their layout takes a
    /// time proportional to their length.
    public BlockBuilder addWhole(ParagraphStyle par, List<StyledSegment<String, TextStyle>> line) {
        put(par, line);
        return this;
    }

    /// The style of a paragraph.
    public ParagraphStyle style(int index) {
        return pars.get(index);
    }

    /// Changes the style of the last paragraph. There is one.
    public void changeLast(UnaryOperator<ParagraphStyle> change) {
        change(pars.size() - 1, change);
    }

    /// Changes the style of a paragraph.
    public void change(int index, UnaryOperator<ParagraphStyle> change) {
        pars.set(index, change.apply(pars.get(index)));
    }

    private void put(ParagraphStyle par, List<StyledSegment<String, TextStyle>> segments) {
        boolean prose = par.classes().stream().anyMatch(PROSE::contains);
        pars.add(prose && DirectionRuns.isRightToLeft(segments) ? par.toRightToLeft() : par);
        texts.add(
                segments.isEmpty()
                        ? List.of(new StyledSegment<>("", TextStyle.PLAIN))
                        : DirectionRuns.split(EmojiRuns.split(segments)));
    }

    /// Where to cut, at most at `room`: after white space if there is any near, never inside a
    /// surrogate pair.
    private static int cut(String text, int room) {
        for (int i = room; i > Math.max(0, room - 100); i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Graphemes.prefixEnd(text, room);
    }

    public ParagraphBlock build() {
        var builder =
                new ReadOnlyStyledDocumentBuilder<ParagraphStyle, String, TextStyle>(
                        OPS, ParagraphStyle.PLAIN);
        for (int i = 0; i < pars.size(); i++) {
            builder.addParagraph(texts.get(i), pars.get(i));
        }
        builder.addParagraph(
                List.of(new StyledSegment<>("", TextStyle.PLAIN)), ParagraphStyle.PLAIN);
        return new ParagraphBlock(builder.build());
    }
}
