package dev.oriel.client;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a host's name means this computer, as far as the name tells.
final class Loopback {
    private Loopback() {}

    static boolean is(@Nullable String host) {
        String name = String.valueOf(host).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
