package dev.oriel.gateway;

/// The version of Oriel.
public final class ServerVersion {
    /// The version in the manifest, or `dev` without a manifest.
    public static final String TEXT = read();

    private ServerVersion() {}

    private static String read() {
        String version = ServerVersion.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
