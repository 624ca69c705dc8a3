package dev.oriel.client;

/// A server to connect to: what kind, and where.
public record ConnectionTarget(ServerKind kind, ServerAddress address) {
    @Override
    public String toString() {
        return kind.label() + " at " + address;
    }
}
