package dev.oriel.gateway;

/// A further port, where one dialect is served at the paths that its system's clients know.
///
/// @param dialect its name, one of [DialectFactory#NAMES]
/// @param host address or name to listen on
/// @param port 0 to 65535; 0 lets the system choose
public record DialectPort(String dialect, String host, int port) {}
