package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.Embedded;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.Arrays;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.StyledDocument;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;
import org.jspecify.annotations.Nullable;

/// The text of a document as screen readers get it: with a description in place of each embedded
/// image, and with the state of what a line opens and closes at its end. So offsets in it differ
/// from those in the document. Immutable.
final class SpokenText {
    private final String text;

    /// Offsets in the document of the characters that are replaced, ascending: images, and the line
    /// breaks after states.
    private final int[] places;

    /// By how much the spoken text is longer than the document, after each of [#places].
    private final int[] longer;

    private SpokenText(String text, int[] places, int[] longer) {
        this.text = text;
        this.places = places;
        this.longer = longer;
    }

    static SpokenText of(StyledDocument<ParagraphStyle, String, TextStyle> document) {
        String plain = document.getText();
        Replacements all = new Replacements(plain);
        int at = 0;
        for (Paragraph<ParagraphStyle, String, TextStyle> paragraph : document.getParagraphs()) {
            int end = at + paragraph.length();
            addEmbedded(all, plain, document, at, end);
            ParagraphStyle.Fold fold = paragraph.getParagraphStyle().fold();
            if (fold != null && end < plain.length()) {
                // In front of the line break, as the end of the line.
                String state = fold == ParagraphStyle.Fold.OPENED ? ", expanded" : ", collapsed";
                all.replace(end, state + plain.charAt(end));
            }
            at = end + 1;
        }
        return all.finish();
    }

    private static void addEmbedded(
            Replacements all,
            String plain,
            StyledDocument<ParagraphStyle, String, TextStyle> document,
            int from,
            int to) {
        int at = plain.indexOf(Embedded.CHARACTER, from, to);
        while (at >= 0) {
            Embedded what = embeddedAt(document, at);
            if (what != null) {
                all.replace(at, what.text());
            }
            at = plain.indexOf(Embedded.CHARACTER, at + 1, to);
        }
    }

    /// Replaces characters of a text by longer ones, in their order.
    private static final class Replacements {
        private final String plain;
        private final StringBuilder out;
        private int[] places = new int[8];
        private int[] longer = new int[8];
        private int count;
        private int from;

        Replacements(String plain) {
            this.plain = plain;
            this.out = new StringBuilder(plain.length() + 100);
        }

        void replace(int at, String text) {
            out.append(plain, from, at).append(text);
            from = at + 1;
            if (count == places.length) {
                places = Arrays.copyOf(places, count * 2);
                longer = Arrays.copyOf(longer, count * 2);
            }
            places[count] = at;
            longer[count++] = out.length() - from;
        }

        SpokenText finish() {
            if (count == 0) {
                return new SpokenText(plain, new int[0], new int[0]);
            }
            return new SpokenText(
                    out.append(plain, from, plain.length()).toString(),
                    Arrays.copyOf(places, count),
                    Arrays.copyOf(longer, count));
        }
    }

    private static @Nullable Embedded embeddedAt(
            StyledDocument<ParagraphStyle, String, TextStyle> document, int offset) {
        Position place = document.offsetToPosition(offset, Bias.Forward);
        return document.getParagraph(place.getMajor())
                .getStyleAtPosition(place.getMinor() + 1)
                .embedded();
    }

    String text() {
        return text;
    }

    /// @param offset in the document
    int toSpoken(int offset) {
        int before = Arrays.binarySearch(places, offset);
        int count = before >= 0 ? before : -before - 1;
        return offset + (count == 0 ? 0 : longer[count - 1]);
    }

    /// Where the line ends that ends at an offset in the document: before its line break, after the
    /// state of what the line opens.
    int endOfLine(int offset) {
        return Math.min(text.length(), toSpoken(offset + 1) - 1);
    }

    /// @param spoken an offset in this text; inside a description it is that of the image
    int toDocument(int spoken) {
        int low = 0;
        int high = places.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places[middle] + 1 + longer[middle] <= spoken) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int offset = spoken - (low == 0 ? 0 : longer[low - 1]);
        return low < places.length ? Math.min(offset, places[low]) : offset;
    }
}
