package dev.oriel.client.transport;

/// The system's proxy settings: on Windows and macOS those of the system, on Linux those of the
/// desktop (which Java reads through GIO; without GIO there are none).
///
/// Java reads them only if a property is set before the first connection. Variables such as
/// `https_proxy` have precedence over them, and the settings of a [Transport] over both.
public final class SystemProxies {
    private static final String PROPERTY = "java.net.useSystemProxies";

    private SystemProxies() {}

    /// Lets Java use the system's settings, unless the property is set on the command line. To be
    /// called at the start of a program.
    public static void enable() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "true");
        }
    }
}
