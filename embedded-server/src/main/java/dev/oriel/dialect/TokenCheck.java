package dev.oriel.dialect;

/// Checks whether a token is the right one.
@FunctionalInterface
public interface TokenCheck {
    /// Takes the same time for every wrong token, so that the time reveals nothing about the right
    /// one.
    boolean accepts(String token);
}
