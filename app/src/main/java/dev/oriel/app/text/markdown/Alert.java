package dev.oriel.app.text.markdown;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/// The kinds of quotes that GitHub shows as notices: their first line is `[!NOTE]` or the like.
public enum Alert {
    NOTE("ℹ️", "Note"),
    TIP("💡", "Tip"),
    IMPORTANT("❗", "Important"),
    WARNING("⚠️", "Warning"),
    CAUTION("🛑", "Caution");

    private static final Pattern FIRST_LINE = Pattern.compile("\\[!([A-Za-z]+)]\\s*");

    private final String sign;
    private final String word;

    Alert(String sign, String word) {
        this.sign = sign;
        this.word = word;
    }

    /// The sign and the word that it is shown with.
    public String title() {
        return sign + "  " + word;
    }

    /// Takes the kind of a quote off its text.
    ///
    /// @return null if it is an ordinary quote
    public static @Nullable Alert take(BlockQuote quote) {
        if (quote.getFirstChild() instanceof Paragraph p && p.getFirstChild() instanceof Text t) {
            Matcher line = FIRST_LINE.matcher(t.getLiteral());
            boolean alone =
                    t.getNext() == null
                            || t.getNext() instanceof SoftLineBreak
                            || t.getNext() instanceof HardLineBreak;
            if (line.matches() && alone) {
                for (Alert alert : values()) {
                    if (alert.name().equals(line.group(1).toUpperCase(Locale.ROOT))) {
                        remove(p, t);
                        return alert;
                    }
                }
            }
        }
        return null;
    }

    private static void remove(Paragraph paragraph, Text text) {
        if (text.getNext() != null) {
            text.getNext().unlink();
        }
        text.unlink();
        if (paragraph.getFirstChild() == null) {
            paragraph.unlink();
        }
    }
}
