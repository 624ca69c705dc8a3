package dev.oriel.client.transport;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a host's name means this computer, as far as the name tells.
public final class LoopbackHosts {
    private LoopbackHosts() {}

    public static boolean contains(@Nullable String host) {
        String name = String.valueOf(host).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
