package dev.oriel.app.controls;

import dev.oriel.app.fx.FxLane;
import dev.oriel.platform.OperatingSystem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Draws emoji with the font that is part of Oriel, Noto Emoji. It is loaded with the first emoji.
///
/// JavaFX on Linux cannot draw the system's colour font: it shows boxes, or the letters that
/// another font has at the same glyph indices. Naming another emoji font does not help, because
/// Pango chooses the colour font for emoji whatever font is set, and JavaFX itself does not apply
/// ligatures, which flags and joined emoji need. So this class maps each glyph, ligatures included,
/// to a character of the private use area, in a font that has no other characters, and puts those
/// characters into text nodes in place of the emoji. Their number stays the same, so that offsets
/// in the text stay valid.
public final class EmojiFont {
    /// The style class of text nodes that this font draws.
    public static final String STYLE_CLASS = "emoji";

    private static final Logger LOG = LoggerFactory.getLogger(EmojiFont.class);
    private static final String FAMILY = "Oriel Emoji";
    private static final String FILE = "NotoEmoji_400Regular.ttf";
    private static final int FIRST = 0xe000;

    /// The width of every emoji of the font, relative to the font size.
    private static final double ADVANCE = 2600 / 2048.0;

    private static final int JOINER = 0x200d;
    private static final int EMOJI_STYLE = 0xfe0f;
    private static final int TEXT_STYLE = 0xfe0e;
    private static final int KEYCAP = 0x20e3;

    /// A grapheme cluster, which users perceive as one character.
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private final Map<Integer, Integer> glyphs;
    private final Map<List<Integer>, Integer> ligatures;

    private EmojiFont(OpenTypeTables tables) {
        glyphs = tables.glyphs();
        ligatures = tables.ligatures();
    }

    /// Starts to load the font when the class is first used. Fonts belong to the whole process.
    private static final class Loaded {
        static final FxLane LANE = new FxLane();
        static final CompletableFuture<@Nullable EmojiFont> FONT =
                CompletableFuture.supplyAsync(EmojiFont::load);
    }

    private static @Nullable EmojiFont load() {
        try (InputStream file = EmojiFont.class.getResourceAsStream(FILE)) {
            if (file == null) {
                LOG.info("This build has no emoji font");
                return null;
            }
            OpenTypeTables tables = new OpenTypeTables(file.readAllBytes());
            Font font = load(tables, false);
            // Useless without the regular one; with it, text beside emoji in a label can be bold.
            load(tables, true);
            return font == null ? null : new EmojiFont(tables);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The emoji font could not be loaded; the system draws emoji: {}", e.toString());
            return null;
        }
    }

    private static @Nullable Font load(OpenTypeTables tables, boolean bold) {
        byte[] remapped = tables.remapped(FAMILY, FIRST, bold);
        return Font.loadFont(new ByteArrayInputStream(remapped), 13);
    }

    /// Whether emoji are left to the system. On macOS JavaFX draws them in colour.
    private static boolean systemDraws() {
        return OperatingSystem.current() == OperatingSystem.MACOS;
    }

    /// Shows a text node that holds nothing but emoji in this font, now or as soon as the font is
    /// loaded. To be called on the JavaFX thread.
    public static void apply(Text text) {
        if (systemDraws()) {
            return;
        }
        if (Loaded.FONT.isDone()) {
            applyLoaded(text, Loaded.FONT.resultNow());
            return;
        }
        text.setOpacity(0);
        Loaded.FONT.thenAcceptAsync(
                font -> {
                    text.setOpacity(1);
                    applyLoaded(text, font);
                },
                Loaded.LANE);
    }

    /// Calls `use` with the font on the JavaFX thread: now if it is loaded, else as soon as it is,
    /// never if there is none.
    static void whenLoaded(Consumer<EmojiFont> use) {
        if (Loaded.FONT.isDone()) {
            useLoaded(Loaded.FONT.resultNow(), use);
        } else {
            Loaded.FONT.thenAcceptAsync(font -> useLoaded(font, use), Loaded.LANE);
        }
    }

    private static void useLoaded(@Nullable EmojiFont font, Consumer<EmojiFont> use) {
        if (font != null) {
            use.accept(font);
        }
    }

    private static void applyLoaded(Text text, @Nullable EmojiFont font) {
        if (font != null) {
            text.setText(font.encode(text.getText()));
            text.getStyleClass().add(STYLE_CLASS);
        }
    }

    /// The font, once it is loaded; null if there is none.
    static CompletableFuture<@Nullable EmojiFont> loaded() {
        return Loaded.FONT;
    }

    /// Whether a text has emoji that [#encodeEmojiIn(String)] must replace.
    static boolean isNeededFor(String text) {
        return !systemDraws() && !ranges(text).isEmpty();
    }

    /// The text with each emoji replaced by as many characters of this font. A control shows it in
    /// this font; all other letters come from the fonts to which JavaFX falls back.
    String encodeEmojiIn(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int[] emoji : ranges(text)) {
            out.replace(emoji[0], emoji[1], encode(text.substring(emoji[0], emoji[1])));
        }
        return out.toString();
    }

    /// The characters of this font that draw these emoji, as many as there were.
    String encode(String emoji) {
        StringBuilder out = new StringBuilder(emoji.length());
        CLUSTER.matcher(emoji).results().forEach(c -> out.append(one(c.group())));
        return out.toString();
    }

    private String one(String cluster) {
        List<Integer> parts = new ArrayList<>();
        for (int c : cluster.codePoints().filter(c -> c != EMOJI_STYLE).toArray()) {
            Integer glyph = glyphs.get(c);
            if (glyph == null) {
                return cluster;
            }
            parts.add(glyph);
        }
        Integer ligature = ligatures.get(parts);
        if (ligature != null) {
            parts = List.of(ligature);
        }
        StringBuilder out = new StringBuilder();
        parts.forEach(glyph -> out.append((char) (FIRST + glyph)));
        // The joiner has no width.
        char nothing = (char) (FIRST + glyphs.getOrDefault(JOINER, 0));
        out.repeat(nothing, cluster.length() - out.length());
        return out.toString();
    }

    /// The width of a text that holds nothing but emoji, pixels. All emoji are equally wide.
    ///
    /// @param size of the text, pixels
    static double width(String emoji, double size) {
        return CLUSTER.matcher(emoji).results().count() * ADVANCE * size;
    }

    /// Where emoji start and end in a text: pairs of offsets, the end exclusive.
    public static List<int[]> ranges(String text) {
        List<int[]> ranges = new ArrayList<>();
        if (text.chars().allMatch(c -> c < JOINER)) {
            return ranges;
        }
        CLUSTER.matcher(text)
                .results()
                .filter(c -> isEmoji(c.group()))
                .forEach(c -> {
                    int[] last = ranges.isEmpty() ? new int[] {0, -1} : ranges.getLast();
                    if (last[1] == c.start()) {
                        last[1] = c.end();
                    } else {
                        ranges.add(new int[] {c.start(), c.end()});
                    }
                });
        return ranges;
    }

    private static boolean isEmoji(String cluster) {
        if (cluster.indexOf(TEXT_STYLE) >= 0) {
            return false;
        }
        int first = cluster.codePointAt(0);
        if (!Character.isEmoji(first)) {
            return false;
        }
        return first >= 0x1f000
                || cluster.codePoints().anyMatch(Character::isEmojiPresentation)
                || cluster.indexOf(EMOJI_STYLE) >= 0
                || cluster.indexOf(KEYCAP) >= 0
                || (first > 0xff && cluster.indexOf(JOINER) >= 0);
    }
}
