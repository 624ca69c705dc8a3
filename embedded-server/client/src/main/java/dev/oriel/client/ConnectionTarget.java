package dev.oriel.client;

/// A server to connect to.
///
/// @param kind its kind
/// @param address its address
public record ConnectionTarget(ServerKind kind, ServerAddress address) {
    @Override
    public String toString() {
        return kind.label() + " at " + address;
    }
}
