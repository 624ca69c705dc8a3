package dev.oriel.app.updates;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version as semver.org (2.0.0) has it. Build metadata is read and dropped: it has no say in
/// which version is newer.
///
/// @param pre identifiers of a pre-release; empty for a release
record SemVer(BigInteger major, BigInteger minor, BigInteger patch, List<String> pre)
        implements Comparable<SemVer> {
    private static final int LONGEST = 64;
    private static final Pattern FORM =
            Pattern.compile(
                    "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
                        + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
                        + "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");
    private static final Comparator<SemVer> NUMBERS =
            Comparator.comparing(SemVer::major)
                    .thenComparing(SemVer::minor)
                    .thenComparing(SemVer::patch);

    static Optional<SemVer> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            return Optional.empty();
        }
        String pre = form.group(4);
        return Optional.of(
                new SemVer(
                        new BigInteger(form.group(1)),
                        new BigInteger(form.group(2)),
                        new BigInteger(form.group(3)),
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
            int one = compare(pre.get(i), other.pre.get(i));
            if (one != 0) {
                return one;
            }
        }
        return Integer.compare(pre.size(), other.pre.size());
    }

    /// Numbers by their size and before words; words by their characters, which are ASCII.
    private static int compare(String one, String other) {
        boolean number = one.chars().allMatch(Character::isDigit);
        boolean otherNumber = other.chars().allMatch(Character::isDigit);
        if (number && otherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return number == otherNumber ? one.compareTo(other) : Boolean.compare(otherNumber, number);
    }

    @Override
    public String toString() {
        String numbers = major + "." + minor + "." + patch;
        return isRelease() ? numbers : numbers + "-" + String.join(".", pre);
    }
}
