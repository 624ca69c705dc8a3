package dev.oriel.client.transport;

/// The proxies that a person has set for all programs: on Windows and macOS in the system's
/// settings, on Linux in the desktop's (which Java asks through GIO; without it there are none).
///
/// Java looks at them only where a property says so before anybody has asked for a proxy. What
/// `https_proxy` and its like say counts before them, and what is set in Oriel before both.
public final class SystemProxies {
    private static final String PROPERTY = "java.net.useSystemProxies";

    private SystemProxies() {}

    /// Has them honoured, unless the property was set on the command line. For the beginning of a
    /// program that connects to others.
    public static void enable() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "true");
        }
    }
}
