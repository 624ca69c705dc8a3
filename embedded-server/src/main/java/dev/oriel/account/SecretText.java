package dev.oriel.account;

/// A key or token. Its [#toString] does not contain it.
public final class SecretText {
    private final String value;

    public SecretText(String value) {
        this.value = value;
    }

    /// The secret itself. Pass it on only to the place that needs it.
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "…";
    }
}
