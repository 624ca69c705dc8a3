package dev.oriel.app.updates;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A semantic version (semver.org, 2.0.0). Build metadata is ignored, because it does not affect
/// precedence.
///
/// @param pre the pre-release identifiers; empty for a release
record SemVer(BigInteger major, BigInteger minor, BigInteger patch, List<String> pre)
        implements Comparable<SemVer> {
    private static final int MAX_LENGTH = 64;
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
                        + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a"
                        + "-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");
    private static final Comparator<SemVer> NUMBERS =
            Comparator.comparing(SemVer::major)
                    .thenComparing(SemVer::minor)
                    .thenComparing(SemVer::patch);

    static Optional<SemVer> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        String pre = matcher.group(4);
        return Optional.of(
                new SemVer(
                        new BigInteger(matcher.group(1)),
                        new BigInteger(matcher.group(2)),
                        new BigInteger(matcher.group(3)),
                        pre == null ? List.of() : List.of(pre.split("\\."))));
    }

    boolean isRelease() {
        return pre.isEmpty();
    }

    @Override
    public int compareTo(SemVer other) {
        int numbers = NUMBERS.compare(this, other);
        if (numbers != 0) {
            return numbers;
        }
        if (isRelease() || other.isRelease()) {
            return Boolean.compare(isRelease(), other.isRelease());
        }
        for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
            int result = compare(pre.get(i), other.pre.get(i));
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(pre.size(), other.pre.size());
    }

    /// Compares two pre-release identifiers: numeric ones numerically, others in ASCII order;
    /// numeric ones have lower precedence.
    private static int compare(String a, String b) {
        boolean aNumeric = a.chars().allMatch(Character::isDigit);
        boolean bNumeric = b.chars().allMatch(Character::isDigit);
        if (aNumeric && bNumeric) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return aNumeric == bNumeric ? a.compareTo(b) : Boolean.compare(bNumeric, aNumeric);
    }

    @Override
    public String toString() {
        String numbers = major + "." + minor + "." + patch;
        return isRelease() ? numbers : numbers + "-" + String.join(".", pre);
    }
}
