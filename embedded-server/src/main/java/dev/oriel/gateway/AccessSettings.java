package dev.oriel.gateway;

import java.nio.file.Path;
import java.util.Set;

/// Who may reach a server.
///
/// @param tokenFile contains the token; created if it does not exist
/// @param needsToken whether clients must log in; false only if the server listens on loopback
///   alone
/// @param allowedHosts names by which clients may call the server, in addition to those of loopback
///   and the one that it listens on
/// @param allowedOrigins origins of web pages that may call, in addition to the server's own
public record AccessSettings(
        Path tokenFile, boolean needsToken, Set<String> allowedHosts, Set<String> allowedOrigins) {
    public AccessSettings {
        allowedHosts = Set.copyOf(allowedHosts);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /// With a token, and without further names and origins.
    public static AccessSettings withToken(Path tokenFile) {
        return new AccessSettings(tokenFile, true, Set.of(), Set.of());
    }

    public AccessSettings withNeedsToken(boolean needed) {
        return new AccessSettings(tokenFile, needed, allowedHosts, allowedOrigins);
    }

    public AccessSettings withAllowed(Set<String> hosts, Set<String> origins) {
        return new AccessSettings(tokenFile, needsToken, hosts, origins);
    }
}
