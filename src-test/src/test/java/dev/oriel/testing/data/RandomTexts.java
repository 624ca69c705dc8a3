package dev.oriel.testing.data;

import java.util.List;
import java.util.Random;

/// Random texts for text layout: many scripts, emoji, long words. The same seed gives the same
/// texts.
public final class RandomTexts {
    private static final List<String> SEQUENCES =
            List.of(
                    "\uD83D\uDC69\u200D\uD83D\uDCBB", // a woman at a computer
                    "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66",
                    "\uD83D\uDC4D\uD83C\uDFFD", // a thumb with a skin tone
                    "\uD83C\uDDE9\uD83C\uDDEA", // a flag
                    "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
                    "\u2764\uFE0F",
                    "\u26A0\uFE0F",
                    "1\uFE0F\u20E3",
                    "\u0915\u094D\u0937\u093F", // a conjunct of Devanagari
                    "\u0644\u0627", // an Arabic ligature
                    "\u1100\u1161\u11A8"); // Hangul in its parts

    private static final String CONTROLS =
            "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C"
                + "\u200B\u200C\u200D\u2060\uFEFF\u00AD\u034F\u2028\u2029\u0085\u0000\u0007\u001B\uFFFE\uFFFF\uFFFC";

    private static final List<Character.UnicodeScript> USUAL =
            List.of(
                    Character.UnicodeScript.LATIN,
                    Character.UnicodeScript.CYRILLIC,
                    Character.UnicodeScript.HEBREW,
                    Character.UnicodeScript.ARABIC,
                    Character.UnicodeScript.THAI,
                    Character.UnicodeScript.DEVANAGARI,
                    Character.UnicodeScript.HAN,
                    Character.UnicodeScript.HANGUL);

    private final Random random;
    private final List<Character.UnicodeScript> scripts = List.of(Character.UnicodeScript.values());

    public RandomTexts(long seed) {
        random = new Random(seed);
    }

    /// The next text. One in 200 contains a word of up to 100,000 characters.
    public String next() {
        if (random.nextInt(200) == 0) {
            return word(letter(script()), random.nextInt(100_000) + 1);
        }
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(12) + 1;
        for (int i = 0; i < parts; i++) {
            part(text);
        }
        return text.toString();
    }

    private void part(StringBuilder text) {
        switch (random.nextInt(14)) {
            case 0 -> text.append(SEQUENCES.get(random.nextInt(SEQUENCES.size())));
            case 1 -> text.append(CONTROLS.charAt(random.nextInt(CONTROLS.length())));
            case 2 -> text.append((char) (0xD800 + random.nextInt(0x800)));
            case 3 -> text.append('\t');
            case 4 -> text.append(random.nextBoolean() ? "\n" : "\r\n");
            case 5 -> {
                text.append('a');
                int marks = random.nextInt(60);
                for (int i = 0; i < marks; i++) {
                    text.append((char) (0x300 + random.nextInt(0x70)));
                }
            }
            case 6 -> text.append("(_a_b, 12; ").append(random.nextInt(1_000)).append("%) ");
            case 7 -> text.append("   ");
            case 8, 9 -> words(text, Character.UnicodeScript.HEBREW);
            case 10 -> words(text, Character.UnicodeScript.ARABIC);
            default -> words(text, script());
        }
    }

    private void words(StringBuilder text, Character.UnicodeScript script) {
        int words = random.nextInt(8) + 1;
        for (int w = 0; w < words; w++) {
            int length = random.nextInt(10) + 1;
            for (int i = 0; i < length; i++) {
                text.appendCodePoint(letter(script));
            }
            text.append(random.nextInt(5) == 0 ? ", " : " ");
        }
    }

    private String word(int letter, int length) {
        return Character.toString(letter).repeat(Math.max(1, length / Character.charCount(letter)));
    }

    /// A random script, usually a common one, because the toolkit needs a long time to find fonts
    /// for rare scripts.
    private Character.UnicodeScript script() {
        List<Character.UnicodeScript> some = random.nextInt(20) == 0 ? scripts : USUAL;
        return some.get(random.nextInt(some.size()));
    }

    /// A random assigned character of a script; after several attempts a character of any script.
    private int letter(Character.UnicodeScript script) {
        int from =
                switch (script) {
                    case LATIN -> 'A';
                    case CYRILLIC -> 0x400;
                    case HEBREW -> 0x590;
                    case ARABIC -> 0x600;
                    case DEVANAGARI -> 0x900;
                    case THAI -> 0xe00;
                    case HAN -> 0x4e00;
                    case HANGUL -> 0xac00;
                    default -> random.nextInt(0x20000);
                };
        for (int i = 0; i < 400; i++) {
            int c = from + random.nextInt(0x100);
            if (Character.isDefined(c) && Character.UnicodeScript.of(c) == script) {
                return c;
            }
            if (i % 20 == 19 && from > 0x700) {
                from = random.nextInt(0x20000);
            }
        }
        int c = random.nextInt(0x20000);
        return Character.isSurrogate((char) c) && c < 0x10000 ? 'x' : c;
    }

    public int width(int least, int most) {
        return least + random.nextInt(most - least);
    }

    /// The text with each unpaired surrogate replaced by U+FFFD.
    public static String wellFormed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
