package dev.oriel.message.find;

/// Which marks of Markdown a line can contain, found in one pass: most lines have none, and regular
/// expressions take much longer to tell.
final class LineMarks {
    private static final int FENCE = 1;
    private static final int PIPE = 2;
    private static final int DASH = 4;
    private static final int INLINE = 8;

    /// The first character can begin a rule.
    private static final int RULE = 16;

    /// The line begins with white space, or with what can be a mark of a block.
    private static final int BLOCK = 32;

    private static final byte[] KINDS = new byte[128];

    static {
        for (char c : "\\`*_~[]!<&".toCharArray()) {
            KINDS[c] |= INLINE;
        }
        KINDS['`'] |= FENCE;
        KINDS['~'] |= FENCE;
        KINDS['|'] |= PIPE;
        KINDS['-'] |= DASH;
    }

    private LineMarks() {}

    static int of(String line) {
        int kinds = first(line);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < KINDS.length) {
                kinds |= KINDS[c];
            }
        }
        return kinds;
    }

    private static int first(String line) {
        char c = line.isEmpty() ? 'x' : line.charAt(0);
        if (c <= ' ') {
            return RULE | BLOCK;
        }
        return switch (c) {
            case '-', '*', '_', '=' -> RULE | BLOCK;
            case '>', '+', '[', '#' -> BLOCK;
            default -> c >= '0' && c <= '9' ? BLOCK : 0;
        };
    }

    static boolean hasFence(int kinds) {
        return (kinds & FENCE) != 0;
    }

    static boolean hasRule(int kinds) {
        return (kinds & RULE) != 0;
    }

    static boolean hasBlock(int kinds) {
        return (kinds & BLOCK) != 0;
    }

    static boolean hasTableRule(int kinds) {
        return (kinds & (PIPE | DASH)) == (PIPE | DASH);
    }

    static boolean hasInline(int kinds) {
        return (kinds & INLINE) != 0;
    }
}
