package dev.oriel.agent.cli.install;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of three numbers, parsed from any text that contains it (`2.1.329 (Claude Code)`,
/// `v22.3.0`).
public record CliVersion(int major, int minor, int patch) implements Comparable<CliVersion> {
    public static final CliVersion NONE = new CliVersion(0, 0, 0);

    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?");

    /// The first version in a text, or [#NONE].
    public static CliVersion parse(String text) {
        return find(text).orElse(NONE);
    }

    static Optional<CliVersion> find(String text) {
        Matcher m = NUMBERS.matcher(text);
        if (!m.find()) {
            return Optional.empty();
        }
        return Optional.of(
                new CliVersion(number(m.group(1)), number(m.group(2)), number(m.group(3))));
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    boolean isAtLeast(CliVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(CliVersion o) {
        int byMajor = Integer.compare(major, o.major);
        int byMinor = Integer.compare(minor, o.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, o.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
