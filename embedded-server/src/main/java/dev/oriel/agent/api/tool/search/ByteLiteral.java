package dev.oriel.agent.api.tool.search;

import java.nio.charset.StandardCharsets;

/// Finds a text in UTF-8 bytes, so that only few lines need a regular expression. Immutable.
final class ByteLiteral {
    private final byte[] bytes;
    private final boolean ignoreCase;

    private ByteLiteral(byte[] bytes, boolean ignoreCase) {
        this.bytes = bytes;
        this.ignoreCase = ignoreCase;
    }

    /// @param text that each match contains; may be empty
    static ByteLiteral of(String text, boolean ignoreCase) {
        String part = ignoreCase ? longestFoldable(text) : text;
        return new ByteLiteral(part.getBytes(StandardCharsets.UTF_8), ignoreCase);
    }

    /// The longest part whose case variants are ASCII: those of `k` and `s` are not.
    private static String longestFoldable(String text) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        String longest = "";
        int start = 0;
        for (int i = 0; i <= lower.length(); i++) {
            boolean end = i == lower.length();
            if (end || lower.charAt(i) >= 128 || "ks".indexOf(lower.charAt(i)) >= 0) {
                if (i - start > longest.length()) {
                    longest = lower.substring(start, i);
                }
                start = i + 1;
            }
        }
        return longest;
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /// @return the first position from `from`; -1 if there is none before `end`
    int find(byte[] text, int from, int end) {
        return ignoreCase ? findFolded(text, from, end) : findExact(text, from, end);
    }

    private int findExact(byte[] text, int from, int end) {
        int last = bytes.length - 1;
        byte first = bytes[0];
        byte final_ = bytes[last];
        int limit = end - last;
        for (int i = from; i < limit; i++) {
            if (text[i + last] == final_ && text[i] == first && rest(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean rest(byte[] text, int at) {
        for (int k = bytes.length - 2; k > 0; k--) {
            if (text[at + k] != bytes[k]) {
                return false;
            }
        }
        return true;
    }

    private int findFolded(byte[] text, int from, int end) {
        int limit = end - bytes.length + 1;
        for (int i = from; i < limit; i++) {
            int k = 0;
            while (k < bytes.length && lower(text[i + k]) == bytes[k]) {
                k++;
            }
            if (k == bytes.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
