package dev.oriel.message;

/// Escapes of unpaired surrogates in JSON, for instance `\ud83d` without its second half. The JSON
/// parser accepts them in values, but not in the names of members.
public final class SurrogateEscapes {
    private static final int LENGTH = 6;
    private static final byte[] REPLACEMENT = {'\\', 'u', 'f', 'f', 'f', 'd'};

    private SurrogateEscapes() {}

    /// Replaces each such escape by `\ufffd`.
    ///
    /// @param json in UTF-8
    /// @return a copy
    public static byte[] replace(byte[] json) {
        byte[] result = json.clone();
        int i = 0;
        while (i < json.length) {
            if (json[i] != '\\') {
                i++;
                continue;
            }
            int unit = unit(json, i);
            if (isHigh(unit) && isLow(unit(json, i + LENGTH))) {
                i += 2 * LENGTH;
            } else if (isHigh(unit) || isLow(unit)) {
                System.arraycopy(REPLACEMENT, 0, result, i, LENGTH);
                i += LENGTH;
            } else {
                i += 2; // any escape, also of a backslash
            }
        }
        return result;
    }

    private static boolean isHigh(int unit) {
        return unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE;
    }

    private static boolean isLow(int unit) {
        return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
    }

    /// The UTF-16 code unit that is escaped there, or -1.
    private static int unit(byte[] json, int at) {
        if (at + LENGTH > json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + LENGTH; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
