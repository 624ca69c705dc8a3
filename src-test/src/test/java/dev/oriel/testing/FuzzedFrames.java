package dev.oriel.testing;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Frames that nobody should send: valid ones with something wrong in them, and noise. The same
/// seed gives the same frames.
public final class FuzzedFrames {
    private static final List<String> ODD_VALUES =
            List.of(
                    "null",
                    "true",
                    "-0.0",
                    "1e400",
                    "99999999999999999999",
                    "\"\"",
                    "\" \"",
                    "[]",
                    "{}",
                    "[[[[1]]]]",
                    "\"\\ud800\"",
                    "\"\\u0000\"",
                    "{\"type\":\"user\"}",
                    "NaN",
                    "\"../../etc/passwd\"",
                    "\"bypassPermissions\"");

    private final List<String> valid;
    private final Random random;

    /// @param valid what a good client sends
    public FuzzedFrames(long seed, String... valid) {
        this.valid = List.of(valid);
        this.random = new Random(seed);
    }

    public Stream<String> stream() {
        return Stream.generate(this::next);
    }

    public String next() {
        String frame = valid.get(random.nextInt(valid.size()));
        return switch (random.nextInt(8)) {
            case 0 -> noise(random.nextInt(200));
            case 1 -> frame.substring(0, random.nextInt(frame.length()));
            case 2 -> replacedValue(frame);
            case 3 -> frame + frame;
            case 4 -> "[".repeat(random.nextInt(2_000)) + frame;
            case 5 -> frame.replace('"', random.nextBoolean() ? '\'' : ' ');
            default -> flipped(frame, 1 + random.nextInt(4));
        };
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int point = random.nextInt(0x3000);
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private String replacedValue(String frame) {
        int colon = frame.indexOf(':', random.nextInt(frame.length()));
        if (colon < 0) {
            return frame;
        }
        int end = colon + 1;
        while (end < frame.length() && ",}]".indexOf(frame.charAt(end)) < 0) {
            end++;
        }
        return frame.substring(0, colon + 1)
                + ODD_VALUES.get(random.nextInt(ODD_VALUES.size()))
                + frame.substring(end);
    }

    private String flipped(String frame, int times) {
        StringBuilder text = new StringBuilder(frame);
        for (int i = 0; i < times && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) (32 + random.nextInt(96)));
                default -> text.setCharAt(at, (char) (32 + random.nextInt(96)));
            }
        }
        return text.toString();
    }
}
