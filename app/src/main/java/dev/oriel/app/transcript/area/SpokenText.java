package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.Embedded;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.Arrays;
import org.fxmisc.richtext.model.StyledDocument;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;
import org.jspecify.annotations.Nullable;

/// The text of a document as screen readers get it: with a description in place of each embedded
/// image. So offsets in it differ from those in the document. Immutable.
final class SpokenText {
    private final String text;

    /// Offsets in the document of the characters that are replaced, ascending.
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
        int at = plain.indexOf(Embedded.CHARACTER);
        if (at < 0) {
            return new SpokenText(plain, new int[0], new int[0]);
        }
        StringBuilder out = new StringBuilder(plain.length() + 100);
        int[] places = new int[8];
        int[] longer = new int[8];
        int count = 0;
        int from = 0;
        for (; at >= 0; at = plain.indexOf(Embedded.CHARACTER, at + 1)) {
            Embedded what = embeddedAt(document, at);
            if (what != null) {
                out.append(plain, from, at).append(what.text());
                from = at + 1;
                if (count == places.length) {
                    places = Arrays.copyOf(places, count * 2);
                    longer = Arrays.copyOf(longer, count * 2);
                }
                places[count] = at;
                longer[count++] = out.length() - from;
            }
        }
        out.append(plain, from, plain.length());
        return new SpokenText(
                out.toString(), Arrays.copyOf(places, count), Arrays.copyOf(longer, count));
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
