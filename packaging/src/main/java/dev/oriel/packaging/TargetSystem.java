package dev.oriel.packaging;

import java.util.Locale;

/// The operating systems for which packages are built, each on itself.
enum TargetSystem {
    LINUX("linux"),
    MACOS("macos"),
    WINDOWS("windows");

    private final String id;

    TargetSystem(String word) {
        this.id = word;
    }

    /// The name in paths of files, for example `args/linux.args`.
    String id() {
        return id;
    }

    static TargetSystem current() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.contains("win")) {
            return WINDOWS;
        }
        return name.contains("mac") ? MACOS : LINUX;
    }

    /// The folder of sqlite-jdbc that contains the native library for this machine.
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
