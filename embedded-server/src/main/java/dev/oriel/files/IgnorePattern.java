package dev.oriel.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a `.gitignore` file (gitignore(5)). Matching takes a time that is at most the
/// product of the lengths of pattern and path.
///
/// @param parts of the pattern between slashes; `**` for any number of folders
/// @param negated whether it includes what an earlier line ignores
/// @param onlyFolders whether the line ends with a slash
/// @param anyDepth whether it matches the last part of a path at any depth
public record IgnorePattern(
        List<String> parts, boolean negated, boolean onlyFolders, boolean anyDepth) {
    private static final String ANY = "**";

    public IgnorePattern {
        parts = List.copyOf(parts);
    }

    /// Reads a line.
    ///
    /// @return null for a comment, or a line without a pattern
    public static @Nullable IgnorePattern parse(String line) {
        String text = withoutTrailingBlanks(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return null;
        }
        boolean negated = text.startsWith("!");
        if (negated) {
            text = text.substring(1);
        }
        boolean onlyFolders = text.endsWith("/");
        if (onlyFolders) {
            text = text.substring(0, text.length() - 1);
        }
        boolean anyDepth = text.indexOf('/') < 0;
        if (text.startsWith("/")) {
            text = text.substring(1);
        }
        if (text.isEmpty()) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            // Two of them next to each other are one.
            if (!part.equals(ANY) || parts.isEmpty() || !parts.getLast().equals(ANY)) {
                parts.add(part);
            }
        }
        return new IgnorePattern(parts, negated, onlyFolders, anyDepth);
    }

    /// Blanks at the end belong to the pattern only after a backslash.
    private static String withoutTrailingBlanks(String line) {
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        while (end > 0 && line.charAt(end - 1) == ' ') {
            int slashes = 0;
            while (end - 2 - slashes >= 0 && line.charAt(end - 2 - slashes) == '\\') {
                slashes++;
            }
            if (slashes % 2 == 1) {
                break;
            }
            end--;
        }
        return line.substring(0, end);
    }

    /// Whether it matches a path.
    ///
    /// @param path relative to the folder of the file that contains the line, without a slash at
    ///   the end
    public boolean matches(String path, boolean folder) {
        if (onlyFolders && !folder) {
            return false;
        }
        if (anyDepth) {
            return matchesPart(parts.getFirst(), path.substring(path.lastIndexOf('/') + 1));
        }
        return matches(path.split("/", -1));
    }

    /// Whether it may match something in a folder.
    ///
    /// @param folder its path, as for [#matches(String, boolean)]
    public boolean mayMatchInside(String folder) {
        if (anyDepth) {
            return true;
        }
        String[] path = folder.split("/", -1);
        for (int i = 0; i < path.length; i++) {
            if (i >= parts.size()) {
                return false;
            }
            if (parts.get(i).equals(ANY)) {
                return true;
            }
            if (!matchesPart(parts.get(i), path[i])) {
                return false;
            }
        }
        return parts.size() > path.length;
    }

    /// Matches parts as [#matchesPart] matches characters, with `**` in the place of `*`.
    private boolean matches(String[] path) {
        int p = 0;
        int s = 0;
        int star = -1;
        int retry = 0;
        while (s < path.length) {
            boolean last = p == parts.size() - 1;
            if (p < parts.size() && parts.get(p).equals(ANY)) {
                if (last) {
                    return true; // everything inside, and there is something
                }
                star = p++;
                retry = s;
            } else if (p < parts.size() && matchesPart(parts.get(p), path[s])) {
                p++;
                s++;
            } else if (star >= 0) {
                p = star + 1;
                s = ++retry;
            } else {
                return false;
            }
        }
        return p == parts.size();
    }

    /// Matches a name with wildcards: after a failure only the last `*` is extended, which is
    /// enough.
    private static boolean matchesPart(String pattern, String name) {
        int p = 0;
        int s = 0;
        int star = -1;
        int retry = 0;
        while (s < name.length()) {
            int next = p < pattern.length() ? matchOne(pattern, p, name.charAt(s)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = s;
            } else if (next >= 0) {
                p = next;
                s++;
            } else if (star >= 0) {
                p = star + 1;
                s = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /// Matches one character, except by `*`.
    ///
    /// @return the position after the matched element of the pattern; -1 if it does not match
    private static int matchOne(String pattern, int p, char c) {
        char element = pattern.charAt(p);
        return switch (element) {
            case '?' -> p + 1;
            case '[' -> matchSet(pattern, p, c);
            case '\\' -> p + 1 < pattern.length() && pattern.charAt(p + 1) == c ? p + 2 : -1;
            default -> element == c ? p + 1 : -1;
        };
    }

    /// Matches a set such as `[a-z]`, `[!a]` or `[[:digit:]]`. A set that is not closed matches
    /// nothing.
    private static int matchSet(String pattern, int start, char c) {
        int p = start + 1;
        boolean inverted = p < pattern.length() && "!^".indexOf(pattern.charAt(p)) >= 0;
        if (inverted) {
            p++;
        }
        boolean found = false;
        boolean first = true;
        while (p < pattern.length() && (first || pattern.charAt(p) != ']')) {
            first = false;
            int classEnd = pattern.startsWith("[:", p) ? pattern.indexOf(":]", p + 2) : -1;
            if (classEnd > 0) {
                found |= isInClass(pattern.substring(p + 2, classEnd), c);
                p = classEnd + 2;
                continue;
            }
            int at = p + (pattern.charAt(p) == '\\' && p + 1 < pattern.length() ? 1 : 0);
            char low = pattern.charAt(at);
            char high = low;
            p = at + 1;
            if (p + 1 < pattern.length()
                    && pattern.charAt(p) == '-'
                    && pattern.charAt(p + 1) != ']') {
                int end =
                        p + 1 + (pattern.charAt(p + 1) == '\\' && p + 2 < pattern.length() ? 1 : 0);
                high = pattern.charAt(end);
                p = end + 1;
            }
            found |= low <= c && c <= high;
        }
        return p < pattern.length() && found != inverted ? p + 1 : -1;
    }

    private static boolean isInClass(String name, char c) {
        boolean ascii = c < 128;
        return switch (name) {
            case "alpha" -> ascii && Character.isLetter(c);
            case "digit" -> c >= '0' && c <= '9';
            case "alnum" -> ascii && Character.isLetterOrDigit(c);
            case "lower" -> c >= 'a' && c <= 'z';
            case "upper" -> c >= 'A' && c <= 'Z';
            case "space" -> " \t\n\r\f\u000b".indexOf(c) >= 0;
            case "blank" -> c == ' ' || c == '\t';
            case "punct" -> ascii && c > ' ' && c != 127 && !Character.isLetterOrDigit(c);
            case "xdigit" -> Character.digit(c, 16) >= 0 && ascii;
            default -> false;
        };
    }
}
