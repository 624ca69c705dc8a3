package dev.oriel.app.text;

/// A colour of a terminal.
public sealed interface TerminalColor {
    /// The terminal's own colour.
    TerminalColor DEFAULT = new Default();

    /// The terminal's own colour.
    record Default() implements TerminalColor {}

    /// One of the 16 colours to which the terminal's theme gives a shade.
    ///
    /// @param index black, red, green, yellow, blue, magenta, cyan, white, and from 8 on the same
    ///   in bright
    record Named(int index) implements TerminalColor {}

    /// A colour with a fixed shade.
    ///
    /// @param rgb as 0xRRGGBB
    record Fixed(int rgb) implements TerminalColor {}

    /// A colour of the palette of 256: the 16 named ones, a cube of 6×6×6, and 24 greys.
    static TerminalColor ofPalette(int index) {
        if (index < 0 || index > 255) {
            return DEFAULT;
        }
        if (index < 16) {
            return new Named(index);
        }
        if (index >= 232) {
            int grey = 8 + 10 * (index - 232);
            return new Fixed(grey << 16 | grey << 8 | grey);
        }
        int cube = index - 16;
        return new Fixed(level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6));
    }

    private static int level(int step) {
        return step == 0 ? 0 : 55 + 40 * step;
    }

    /// @return the default colour if a part is out of range
    static TerminalColor ofRgb(int red, int green, int blue) {
        boolean valid = (red | green | blue) >= 0 && red < 256 && green < 256 && blue < 256;
        return valid ? new Fixed(red << 16 | green << 8 | blue) : DEFAULT;
    }
}
