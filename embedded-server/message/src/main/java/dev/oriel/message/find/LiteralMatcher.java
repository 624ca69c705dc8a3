package dev.oriel.message.find;

/// Finds a text as it is. Without regard to case, letters are equal if they are the same in upper
/// and then lower case, as in [String#equalsIgnoreCase].
final class LiteralMatcher implements TextMatcher {
    private static final char[] ASCII = new char[128];

    static {
        for (char c = 0; c < ASCII.length; c++) {
            ASCII[c] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
    }

    private final char[] sought;
    private final boolean matchCase;
    private final boolean wholeWord;

    LiteralMatcher(String text, boolean matchCase, boolean wholeWord) {
        this.sought = text.toCharArray();
        this.matchCase = matchCase;
        this.wholeWord = wholeWord;
        if (!matchCase) {
            for (int i = 0; i < sought.length; i++) {
                sought[i] = fold(sought[i]);
            }
        }
    }

    private static char fold(char c) {
        return c < 128 ? ASCII[c] : Character.toLowerCase(Character.toUpperCase(c));
    }

    @Override
    public int find(String text, SearchDeadline deadline, Sink sink) {
        int found = 0;
        int last = text.length() - sought.length;
        for (int i = 0; i <= last && found < MAX_MATCHES; i++) {
            if (isAt(text, i) && (!wholeWord || WordEdges.areAt(text, i, i + sought.length))) {
                sink.accept(i, i + sought.length);
                found++;
                i += sought.length - 1;
            }
        }
        return found;
    }

    private boolean isAt(String text, int at) {
        for (int i = 0; i < sought.length; i++) {
            char c = text.charAt(at + i);
            if (c != sought[i] && (matchCase || fold(c) != sought[i])) {
                return hasOtherCase(text, at, i);
            }
        }
        return true;
    }

    /// Whether the rest is equal although a unit differs: letters outside of the basic plane have
    /// cases too.
    private boolean hasOtherCase(String text, int at, int from) {
        if (matchCase || !Character.isSurrogate(sought[from])) {
            return false;
        }
        String rest = new String(sought);
        return text.regionMatches(true, at, rest, 0, sought.length);
    }
}
