package dev.oriel.gateway;

/// What the operator decided for single dialects.
public record DialectSettings() {
    public static DialectSettings standard() {
        return new DialectSettings();
    }
}
