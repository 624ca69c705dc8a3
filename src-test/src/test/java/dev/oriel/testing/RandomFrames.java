package dev.oriel.testing;

import java.util.List;
import java.util.Random;

/// Frames that make no sense, or nearly do: sensible ones with something changed in them, and
/// noise. The same seed gives the same frames.
public final class RandomFrames {
    private static final String PIECES = "{}[]\":,\\0123456789.eE-+truefalsn \n\t\u0000é👋";
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "\"\"",
                    "[]",
                    "{}",
                    "[[[[]]]]",
                    "\"x\"",
                    "1.5",
                    "\"\\ud800\"",
                    "\"\\u0000\"");

    private final List<String> sense;
    private final Random random;

    /// @param sense frames to begin from, JSON
    public RandomFrames(List<String> sense, long seed) {
        this.sense = List.copyOf(sense);
        this.random = new Random(seed);
    }

    public String next() {
        String frame = sense.get(random.nextInt(sense.size()));
        return switch (random.nextInt(8)) {
            case 0 -> frame;
            case 1 -> noise(random.nextInt(200));
            case 2 -> frame.substring(0, random.nextInt(frame.length()));
            case 3 -> frame + noise(1 + random.nextInt(5));
            case 4 -> "[" + frame + "]";
            case 5 -> withAnotherValue(frame);
            case 6 -> withAnotherValue(withAnotherValue(frame));
            default -> withAnotherLetter(frame);
        };
    }

    private String noise(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(PIECES.charAt(random.nextInt(PIECES.length() - 2)));
        }
        return text.toString();
    }

    /// Puts something else behind one of its colons.
    private String withAnotherValue(String frame) {
        int colon = frame.indexOf("\":", random.nextInt(frame.length()));
        if (colon < 0) {
            return frame;
        }
        int end = colon + 2;
        while (end < frame.length() && ",}".indexOf(frame.charAt(end)) < 0) {
            end++;
        }
        return frame.substring(0, colon + 2)
                + VALUES.get(random.nextInt(VALUES.size()))
                + frame.substring(end);
    }

    private String withAnotherLetter(String frame) {
        int at = random.nextInt(frame.length());
        return frame.substring(0, at) + noise(1) + frame.substring(at + 1);
    }
}
