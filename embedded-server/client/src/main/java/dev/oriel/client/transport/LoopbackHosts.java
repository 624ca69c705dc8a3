package dev.oriel.client.transport;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The names of this computer, as far as a name tells.
public final class LoopbackHosts {
    private LoopbackHosts() {}

    /// Whether a host is this computer.
    ///
    /// @param host a name or an address; null is no host
    /// @return whether it is
    public static boolean contains(@Nullable String host) {
        String name = String.valueOf(host).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
