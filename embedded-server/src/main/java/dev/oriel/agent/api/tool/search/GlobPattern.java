package dev.oriel.agent.api.tool.search;

import dev.oriel.files.IgnorePattern;
import java.util.ArrayList;
import java.util.List;

/// A glob as ripgrep's option `--glob` takes it: the syntax of `.gitignore`, and `{a,b}` for
/// alternatives. Without a slash it matches names at any depth. Immutable.
///
/// @param negated whether it excludes what it matches
record GlobPattern(List<IgnorePattern> alternatives, boolean negated) {
    private static final int MAX_LENGTH = 4_096;
    private static final int MAX_ALTERNATIVES = 1_000;

    GlobPattern {
        alternatives = List.copyOf(alternatives);
    }

    /// @throws SearchRejectedException if it is not valid
    static GlobPattern parse(String glob) throws SearchRejectedException {
        if (glob.length() > MAX_LENGTH || glob.indexOf('\0') >= 0) {
            throw new SearchRejectedException("the glob is too long, or contains a NUL character");
        }
        check(glob);
        boolean negated = glob.startsWith("!");
        List<IgnorePattern> patterns = new ArrayList<>();
        for (String one : expand(negated ? glob.substring(1) : glob)) {
            // Both match a name at any depth, and the shorter one is faster.
            String name = one.startsWith("**/") ? one.substring(3) : one;
            boolean simple = !name.isEmpty() && name.indexOf('/') < 0 && !name.equals("**");
            IgnorePattern pattern = IgnorePattern.parse(simple ? name : one);
            if (pattern != null) {
                patterns.add(pattern);
            }
        }
        return new GlobPattern(patterns, negated);
    }

    /// @param path relative to the folder to which the glob is relative, with `/` between parts
    boolean matches(String path, boolean folder) {
        for (IgnorePattern pattern : alternatives) {
            if (pattern.matches(path, folder)) {
                return true;
            }
        }
        return false;
    }

    /// Whether it may match something in a folder.
    boolean mayMatchInside(String path) {
        for (IgnorePattern pattern : alternatives) {
            if (pattern.mayMatchInside(path)) {
                return true;
            }
        }
        return false;
    }

    private static void check(String glob) throws SearchRejectedException {
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                i = endOfClass(glob, i);
            } else if (c == '{') {
                braces++;
            } else if (c == '}' && braces-- == 0) {
                throw fail(glob, "unopened alternate group; missing '{'");
            }
        }
        if (braces > 0) {
            throw fail(glob, "unclosed alternate group; missing '}'");
        }
    }

    /// @return the position of the closing bracket
    private static int endOfClass(String glob, int start) throws SearchRejectedException {
        int at = start + 1;
        if (at < glob.length() && "!^".indexOf(glob.charAt(at)) >= 0) {
            at++;
        }
        int end = glob.indexOf(']', at + 1);
        if (end < 0) {
            throw fail(glob, "unclosed character class; missing ']'");
        }
        return end;
    }

    private static List<String> expand(String glob) throws SearchRejectedException {
        List<String> done = new ArrayList<>();
        List<String> pending = new ArrayList<>(List.of(glob));
        while (!pending.isEmpty()) {
            if (pending.size() + done.size() > MAX_ALTERNATIVES) {
                throw fail(glob, "too many alternatives");
            }
            String one = pending.removeLast();
            int open = firstBrace(one);
            if (open < 0) {
                done.add(one);
            } else {
                expandFirst(one, open, pending);
            }
        }
        return done;
    }

    private static int firstBrace(String glob) throws SearchRejectedException {
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '{') {
                return i;
            }
            i = c == '\\' ? i + 1 : c == '[' ? endOfClass(glob, i) : i;
        }
        return -1;
    }

    private static void expandFirst(String glob, int open, List<String> into)
            throws SearchRejectedException {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = open + 1;
        int at = open;
        for (; at < glob.length(); at++) {
            char c = glob.charAt(at);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                break;
            } else if (c == ',' && depth == 1) {
                parts.add(glob.substring(start, at));
                start = at + 1;
            } else if (c == '\\') {
                at++;
            } else if (c == '[') {
                at = endOfClass(glob, at);
            }
        }
        parts.add(glob.substring(start, Math.min(at, glob.length())));
        String rest = at < glob.length() ? glob.substring(at + 1) : "";
        for (String part : parts) {
            into.add(glob.substring(0, open) + part + rest);
        }
    }

    private static SearchRejectedException fail(String glob, String reason) {
        return new SearchRejectedException("error parsing glob '" + glob + "': " + reason);
    }
}
