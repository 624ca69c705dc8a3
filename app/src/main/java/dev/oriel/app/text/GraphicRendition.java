package dev.oriel.app.text;

/// The style that a terminal prints with, changed by SGR sequences (ECMA-48 8.3.117, with the
/// extensions for 256 and true colours of ISO 8613-6 and xterm).
final class GraphicRendition {
    /// The most parameters of a sequence that are read.
    private static final int MOST_PARAMETERS = 64;

    private TerminalColor foreground = TerminalColor.DEFAULT;
    private TerminalColor background = TerminalColor.DEFAULT;
    private boolean bold;
    private boolean dim;
    private boolean italic;
    private boolean underlined;
    private boolean struck;
    private boolean inverse;
    private String link = "";

    TerminalStyle style() {
        return new TerminalStyle(
                foreground, background, bold, dim, italic, underlined, struck, inverse, link);
    }

    /// The style without the link.
    private void reset() {
        foreground = TerminalColor.DEFAULT;
        background = TerminalColor.DEFAULT;
        bold = false;
        dim = false;
        italic = false;
        underlined = false;
        struck = false;
        inverse = false;
    }

    /// Applies the content of an OSC sequence. Only OSC 8 changes something: it starts or ends a
    /// link.
    void applyString(String content) {
        if (content.startsWith("8;")) {
            int target = content.indexOf(';', 2);
            if (target >= 0) {
                link = content.substring(target + 1);
            }
        }
    }

    /// Applies the parameters of an SGR sequence.
    ///
    /// @param parameters numbers with `;` between them; a number may have subparameters after `:`
    void apply(String parameters) {
        String[] all = parameters.split(";", MOST_PARAMETERS);
        int i = 0;
        while (i < all.length) {
            int n = number(all[i]);
            if (n == 38 || n == 48 || n == 58) {
                i = colour(n, all, i);
            } else {
                apply(n, all[i]);
                i++;
            }
        }
    }

    private void apply(int n, String parameter) {
        switch (n) {
            case 0 -> reset();
            case 1 -> bold = true;
            case 2 -> dim = true;
            case 3 -> italic = true;
            // 4:0 is no underline; 4:3, for example, a curly one.
            case 4 -> underlined = !parameter.equals("4:0");
            case 7 -> inverse = true;
            case 9 -> struck = true;
            case 21 -> underlined = true;
            case 22 -> {
                bold = false;
                dim = false;
            }
            case 23 -> italic = false;
            case 24 -> underlined = false;
            case 27 -> inverse = false;
            case 29 -> struck = false;
            case 39 -> foreground = TerminalColor.DEFAULT;
            case 49 -> background = TerminalColor.DEFAULT;
            default -> {
                // Hidden text is shown: the user should see what a program printed.
                if (n >= 30 && n <= 37) {
                    foreground = new TerminalColor.Named(n - 30);
                } else if (n >= 90 && n <= 97) {
                    foreground = new TerminalColor.Named(n - 90 + 8);
                } else if (n >= 40 && n <= 47) {
                    background = new TerminalColor.Named(n - 40);
                } else if (n >= 100 && n <= 107) {
                    background = new TerminalColor.Named(n - 100 + 8);
                }
            }
        }
    }

    /// Reads `38;5;n`, `38;2;r;g;b`, `38:5:n`, `38:2:r:g:b` or `38:2::r:g:b`.
    ///
    /// @return index of the next parameter
    private int colour(int target, String[] all, int at) {
        String[] parts = all[at].split(":", 8);
        if (parts.length > 1) {
            int kind = number(parts[1]);
            if (kind == 5 && parts.length > 2) {
                set(target, TerminalColor.ofPalette(number(parts[2])));
            } else if (kind == 2 && parts.length > 4) {
                int from = parts.length > 5 ? 3 : 2;
                set(
                        target,
                        TerminalColor.ofRgb(
                                number(parts[from]),
                                number(parts[from + 1]),
                                number(parts[from + 2])));
            }
            return at + 1;
        }
        int kind = at + 1 < all.length ? number(all[at + 1]) : -1;
        if (kind == 5 && at + 2 < all.length) {
            set(target, TerminalColor.ofPalette(number(all[at + 2])));
            return at + 3;
        }
        if (kind == 2 && at + 4 < all.length) {
            set(
                    target,
                    TerminalColor.ofRgb(
                            number(all[at + 2]), number(all[at + 3]), number(all[at + 4])));
            return at + 5;
        }
        // An incomplete colour: what follows cannot be told from its numbers.
        return all.length;
    }

    private void set(int target, TerminalColor colour) {
        if (target == 38) {
            foreground = colour;
        } else if (target == 48) {
            background = colour;
        }
    }

    /// The number before the subparameters; 0 if there is none; -1 if it is no number.
    private static int number(String parameter) {
        int colon = parameter.indexOf(':');
        String digits = colon < 0 ? parameter : parameter.substring(0, colon);
        if (digits.isEmpty()) {
            return 0;
        }
        if (digits.length() > 6) {
            return -1;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(digits);
    }
}
