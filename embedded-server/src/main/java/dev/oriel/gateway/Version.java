package dev.oriel.gateway;

/// The version of Oriel.
public final class Version {
    /// As the manifest has it, or `dev` where there is none.
    public static final String TEXT = read();

    private Version() {}

    private static String read() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
