package dev.oriel.app.transcript.terminal;

/// Colours with enough contrast to be read, as WCAG 2 defines contrast. Colours are 0xRRGGBB.
final class ReadableColor {
    /// The contrast that the strictest theme needs.
    static final double ENOUGH = 7;

    private static final int BLACK = 0x000000;
    private static final int WHITE = 0xffffff;
    private static final int STEPS = 20;

    private ReadableColor() {}

    /// The colour itself, or one of the same hue that is just light or dark enough.
    static int on(int background, int colour) {
        if (contrast(colour, background) >= ENOUGH) {
            return colour;
        }
        int end = blackOrWhite(background);
        for (int step = 1; step < STEPS; step++) {
            int mixed = mix(colour, end, step / (double) STEPS);
            if (contrast(mixed, background) >= ENOUGH) {
                return mixed;
            }
        }
        return end;
    }

    /// The background itself, or one of the same hue on which black or white can be read.
    static int asBackground(int colour) {
        int ink = blackOrWhite(colour);
        for (int step = 0; step < STEPS; step++) {
            int mixed = mix(colour, ink == BLACK ? WHITE : BLACK, step / (double) STEPS);
            if (contrast(ink, mixed) >= ENOUGH) {
                return mixed;
            }
        }
        return ink == BLACK ? WHITE : BLACK;
    }

    /// Whichever can be read better.
    static int blackOrWhite(int background) {
        return contrast(BLACK, background) >= contrast(WHITE, background) ? BLACK : WHITE;
    }

    static double contrast(int a, int b) {
        double one = luminance(a) + 0.05;
        double other = luminance(b) + 0.05;
        return Math.max(one, other) / Math.min(one, other);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff)
                + 0.7152 * linear(rgb >> 8 & 0xff)
                + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xff;
            int b = to >> shift & 0xff;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }
}
