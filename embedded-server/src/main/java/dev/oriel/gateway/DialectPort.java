package dev.oriel.gateway;

/// An additional port, on which one dialect is served at the paths that the clients of its system
/// know.
///
/// @param dialect its name, one of [DialectFactory#NAMES]
/// @param host address or name to listen on
/// @param port 0 to 65535; 0 lets the system choose
public record DialectPort(String dialect, String host, int port) {}
