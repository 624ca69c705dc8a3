package dev.oriel.app.diff;

import java.util.ArrayList;
import java.util.List;

/// A text as lines and their endings.
///
/// @param lines without their endings
/// @param endings of each line; the last one may have none
record SplitText(List<String> lines, List<Ending> endings) {
    enum Ending {
        LF,
        CRLF,
        CR,
        /// The text ends without one.
        NONE
    }

    /// @param splitsAtReturn whether a `\r` without `\n` ends a line; else it is a character of it
    static SplitText of(String text, boolean splitsAtReturn) {
        List<String> lines = new ArrayList<>();
        List<Ending> endings = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\r') {
                continue;
            }
            boolean two = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\r' && !two && !splitsAtReturn) {
                continue;
            }
            lines.add(text.substring(from, i));
            endings.add(two ? Ending.CRLF : c == '\n' ? Ending.LF : Ending.CR);
            i += two ? 1 : 0;
            from = i + 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
            endings.add(Ending.NONE);
        }
        return new SplitText(lines, endings);
    }

    boolean endsWithoutNewline() {
        return !endings.isEmpty() && endings.getLast() == Ending.NONE;
    }

    /// The ending of all lines; [Ending#NONE] if they differ or there is none.
    Ending usual() {
        Ending usual = Ending.NONE;
        for (Ending e : endings) {
            if (e != Ending.NONE && usual != Ending.NONE && e != usual) {
                return Ending.NONE;
            }
            usual = e == Ending.NONE ? usual : e;
        }
        return usual;
    }
}
