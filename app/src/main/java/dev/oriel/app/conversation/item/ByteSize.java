package dev.oriel.app.conversation.item;

import java.util.Locale;

/// Numbers of bytes as text.
public final class ByteSize {
    private ByteSize() {}

    /// `900 bytes`, `1.5 KB`, `12 MB`, with units of 1,000.
    public static String format(long bytes) {
        if (bytes < 1_000) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        // From here on one decimal would be rounded to 1000.0 KB.
        return bytes < 999_950
                ? scaled(bytes / 1_000.0) + " KB"
                : scaled(bytes / 1_000_000.0) + " MB";
    }

    private static String scaled(double number) {
        return String.format(Locale.ROOT, number < 99.95 ? "%.1f" : "%.0f", number);
    }
}
