package dev.oriel.dialect;

/// Tells the right token from others.
@FunctionalInterface
public interface TokenCheck {
    /// Takes the same time for every wrong token.
    boolean accepts(String token);
}
