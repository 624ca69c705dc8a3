package dev.oriel.app.controls;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// Measures text as JavaFX draws it, emoji included. Can be used on any thread.
///
/// The widths of basic Latin characters are measured once for each font and added up. JavaFX does
/// the same for them: it applies neither kerning nor ligatures. All other text is laid out, and the
/// widths are kept.
public final class FontMeasure {
    private static final int FIRST = 0x20;
    private static final int LAST = 0x24f;

    /// The most widths that are kept.
    private static final int MOST_KEPT = 20_000;

    private final Map<Font, double[]> latin = new ConcurrentHashMap<>();
    private final Map<Sample, Double> others = new ConcurrentHashMap<>();

    private record Sample(String text, Font font) {}

    /// The width of a text in one line, pixels.
    public double width(String text, Font font) {
        double sum = 0;
        double[] widths = latin.computeIfAbsent(font, FontMeasure::latin);
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c < FIRST || c > LAST) {
                return laidOut(text, font);
            }
            sum += widths[c - FIRST];
        }
        return sum;
    }

    private static double[] latin(Font font) {
        double[] widths = new double[LAST - FIRST + 1];
        Text sample = text(font);
        for (int c = FIRST; c <= LAST; c++) {
            sample.setText(Character.toString(c).repeat(16));
            widths[c - FIRST] = sample.getLayoutBounds().getWidth() / 16;
        }
        return widths;
    }

    private static Text text(Font font) {
        Text text = new Text();
        text.setFont(font);
        return text;
    }

    private double laidOut(String text, Font font) {
        Sample sample = new Sample(text, font);
        Double known = others.get(sample);
        if (known == null) {
            if (others.size() >= MOST_KEPT) {
                others.clear();
            }
            known = layOut(text, font);
            others.put(sample, known);
        }
        return known;
    }

    private static double layOut(String text, Font font) {
        double sum = 0;
        int from = 0;
        Text node = text(font);
        List<int[]> emoji = EmojiFont.isNeededFor(text) ? EmojiFont.ranges(text) : List.of();
        for (int[] range : emoji) {
            sum += plain(node, text.substring(from, range[0]));
            sum += EmojiFont.width(text.substring(range[0], range[1]), font.getSize());
            from = range[1];
        }
        return sum + plain(node, text.substring(from));
    }

    private static double plain(Text node, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        node.setText(text);
        return node.getLayoutBounds().getWidth();
    }
}
