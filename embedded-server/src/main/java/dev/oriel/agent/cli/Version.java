package dev.oriel.agent.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of three numbers, found anywhere in a text (`2.1.329 (Claude Code)`, `v22.3.0`).
record Version(int major, int minor, int patch) implements Comparable<Version> {
    static final Version NONE = new Version(0, 0, 0);

    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?");

    /// The first version in a text, or [#NONE].
    static Version of(String text) {
        return find(text).orElse(NONE);
    }

    static Optional<Version> find(String text) {
        Matcher m = NUMBERS.matcher(text);
        if (!m.find()) {
            return Optional.empty();
        }
        return Optional.of(new Version(number(m.group(1)), number(m.group(2)), number(m.group(3))));
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    boolean isAtLeast(Version other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Version o) {
        int byMajor = Integer.compare(major, o.major);
        int byMinor = Integer.compare(minor, o.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, o.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
