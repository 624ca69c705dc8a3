package dev.oriel.packaging;

import java.util.Locale;

/// The kinds of system that packages are made on, and for.
enum Desktop {
    LINUX("linux"),
    MACOS("macos"),
    WINDOWS("windows");

    private final String word;

    Desktop(String word) {
        this.word = word;
    }

    /// As in the names of its files.
    String word() {
        return word;
    }

    static Desktop current() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.contains("win")) {
            return WINDOWS;
        }
        return name.contains("mac") ? MACOS : LINUX;
    }

    /// How the database library calls the folder of its native part for this machine.
    String sqliteFolder() {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        return switch (this) {
            case LINUX -> "Linux/" + arch;
            case MACOS -> "Mac/" + arch;
            case WINDOWS -> "Windows/" + arch;
        };
    }

    boolean isNativeLibrary(String file) {
        return switch (this) {
            case LINUX -> file.endsWith(".so");
            case MACOS -> file.endsWith(".dylib");
            case WINDOWS -> file.endsWith(".dll");
        };
    }
}
