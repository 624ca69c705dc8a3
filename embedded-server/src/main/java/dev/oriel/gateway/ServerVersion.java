package dev.oriel.gateway;

/// The version of Oriel.
public final class ServerVersion {
    /// As the manifest has it, or `dev` where there is none.
    public static final String TEXT = read();

    private ServerVersion() {}

    private static String read() {
        String version = ServerVersion.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
