package dev.oriel.app.transcript;

import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;
import org.fxmisc.richtext.model.SegmentOps;
import org.fxmisc.richtext.model.StyledSegment;

/// Collects paragraphs into a [Block].
///
/// No paragraph becomes longer than [#LONGEST], whatever comes in: laying out a paragraph takes
/// time that grows much faster than its length, and one of 200,000 characters stops the window for
/// seconds.
final class Lines {
    /// The longest paragraph, characters.
    static final int LONGEST = 2_000;

    /// Paragraphs that are read as prose; all others stay as they are, as code does.
    private static final Set<String> PROSE = Set.of("prose", "heading", "prompt", "thought");

    static final SegmentOps<String, Ink> OPS = SegmentOps.styledTextOps();

    private final List<Par> pars = new ArrayList<>();
    private final List<List<StyledSegment<String, Ink>>> texts = new ArrayList<>();

    int size() {
        return pars.size();
    }

    /// Adds one line, cut where it is too long.
    Lines add(Par par, List<StyledSegment<String, Ink>> line) {
        List<StyledSegment<String, Ink>> now = new ArrayList<>();
        Par style = par;
        int length = 0;
        for (StyledSegment<String, Ink> segment : line) {
            String rest = segment.getSegment();
            while (length + rest.length() > LONGEST) {
                int cut = cut(rest, LONGEST - length);
                if (cut > 0) {
                    now.add(new StyledSegment<>(rest.substring(0, cut), segment.getStyle()));
                }
                put(style.upperPart(), now);
                now = new ArrayList<>();
                style = style.lowerPart();
                length = 0;
                rest = rest.substring(cut);
            }
            if (!rest.isEmpty()) {
                now.add(new StyledSegment<>(rest, segment.getStyle()));
                length += rest.length();
            }
        }
        put(style, now);
        return this;
    }

    Lines add(Par par, String text, Ink ink) {
        return add(par, List.of(new StyledSegment<>(text, ink)));
    }

    private void put(Par par, List<StyledSegment<String, Ink>> segments) {
        boolean prose = par.classes().stream().anyMatch(PROSE::contains);
        pars.add(prose && Direction.fromTheRight(segments) ? par.fromTheRight() : par);
        texts.add(
                segments.isEmpty()
                        ? List.of(new StyledSegment<>("", Ink.PLAIN))
                        : Direction.inRuns(Emoji.inRuns(segments)));
    }

    /// Where to cut, at most at `room`: behind a blank if there is one near, never inside a
    /// surrogate pair.
    private static int cut(String text, int room) {
        for (int i = room; i > Math.max(0, room - 100); i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Graphemes.end(text, room);
    }

    Block block() {
        var builder = new ReadOnlyStyledDocumentBuilder<Par, String, Ink>(OPS, Par.PLAIN);
        for (int i = 0; i < pars.size(); i++) {
            builder.addParagraph(texts.get(i), pars.get(i));
        }
        builder.addParagraph(List.of(new StyledSegment<>("", Ink.PLAIN)), Par.PLAIN);
        return new Block(builder.build());
    }
}
