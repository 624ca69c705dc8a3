package dev.oriel.testing.data;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Random frames: valid ones with a random change, and noise. The same seed gives the same frames.
public final class RandomFrames {
    /// A placeholder in valid frames for thousands of characters, so that the frames are large and
    /// retained ones are noticed.
    public static final char LONG = '…';

    private static final int LETTERS = 6_000;
    private static final String PIECES = "{}[]\":,\\0123456789.eE-+truefalsn \n\t\u0000é👋";
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "-0.0",
                    "1.5",
                    "1e999",
                    "99999999999999999999",
                    "NaN",
                    "\"\"",
                    "\" \"",
                    "\"x\"",
                    "[]",
                    "{}",
                    "[[[[1]]]]",
                    "{\"type\":\"user\"}",
                    "\"\\ud800\"",
                    "\"\\u0000\"",
                    "\"../../etc/passwd\"",
                    "\"bypassPermissions\"");

    private final List<String> validFrames;
    private final Random random;
    private long volume;

    /// @param sense valid frames of a client, as JSON; see [#LONG]
    public RandomFrames(long seed, String... sense) {
        this.validFrames = List.of(sense);
        this.random = new Random(seed);
    }

    public Stream<String> stream() {
        return Stream.generate(this::next);
    }

    public String next() {
        String frame = validFrames.get(random.nextInt(validFrames.size()));
        String next = withLetters(changed(frame));
        volume += next.length();
        return next;
    }

    /// The total length of all frames so far, in characters.
    public long volume() {
        return volume;
    }

    private String changed(String frame) {
        return switch (random.nextInt(12)) {
            case 0 -> frame;
            case 1 -> noise(random.nextInt(200));
            case 2 -> anyCharacters(random.nextInt(200));
            case 3 -> frame.substring(0, random.nextInt(frame.length()));
            case 4 -> frame + noise(1 + random.nextInt(5));
            case 5 -> frame + frame;
            case 6 -> "[" + frame + "]";
            case 7 -> "[".repeat(random.nextInt(2_000)) + frame;
            case 8 -> frame.replace('"', random.nextBoolean() ? '\'' : ' ');
            case 9 -> withAnotherValue(frame);
            case 10 -> withAnotherValue(withAnotherValue(frame));
            default -> withOtherLetters(frame, 1 + random.nextInt(4));
        };
    }

    private String noise(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(PIECES.charAt(random.nextInt(PIECES.length() - 2)));
        }
        return text.toString();
    }

    private String anyCharacters(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(0x3000));
        }
        return text.toString();
    }

    /// Replaces the text after one of the colons.
    private String withAnotherValue(String frame) {
        int colon = frame.indexOf("\":", random.nextInt(frame.length()));
        if (colon < 0) {
            return frame;
        }
        int end = colon + 2;
        while (end < frame.length() && ",}]".indexOf(frame.charAt(end)) < 0) {
            end++;
        }
        return frame.substring(0, colon + 2)
                + VALUES.get(random.nextInt(VALUES.size()))
                + frame.substring(end);
    }

    private String withOtherLetters(String frame, int times) {
        var text = new StringBuilder(frame);
        for (int i = 0; i < times && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) (32 + random.nextInt(96)));
                default -> text.replace(at, at + 1, noise(1));
            }
        }
        return text.toString();
    }

    private String withLetters(String frame) {
        if (frame.indexOf(LONG) < 0) {
            return frame;
        }
        var text = new StringBuilder();
        for (int i = 0; i < frame.length(); i++) {
            if (frame.charAt(i) == LONG) {
                random.ints(random.nextInt(LETTERS), 'a', 'z').forEach(text::appendCodePoint);
            } else {
                text.append(frame.charAt(i));
            }
        }
        return text.toString();
    }
}
