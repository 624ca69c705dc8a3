package dev.oriel.platform;

import java.util.Locale;

/// The kinds of operating system that the program distinguishes.
public enum OperatingSystem {
    /// Linux, or any other system that is neither of the two below.
    LINUX,
    MACOS,
    WINDOWS;

    /// The system of this JVM.
    public static OperatingSystem current() {
        return from(System.getProperty("os.name", ""));
    }

    /// @param name as in the system property `os.name`, for example `Mac OS X` or `Windows 11`
    public static OperatingSystem from(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (lowerCase.startsWith("windows")) {
            return WINDOWS;
        }
        return lowerCase.startsWith("mac") ? MACOS : LINUX;
    }
}
