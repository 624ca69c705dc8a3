package dev.oriel.platform;

import java.util.Locale;

/// The format of numbers in a program's texts.
public final class EnglishNumbers {
    private EnglishNumbers() {}

    /// Makes `String.formatted` write numbers as English text has them, whatever the user's locale:
    /// all texts are English, and some are read by programs. Arabic or Persian digits are none in a
    /// URL, a shell script or a style sheet. For the start of a program, before it has threads.
    public static void use() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH);
    }
}
