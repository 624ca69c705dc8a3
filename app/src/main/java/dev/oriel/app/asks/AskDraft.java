package dev.oriel.app.asks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the user has entered for an ask and not sent yet, so that it is still there when the
/// session is opened again. Belongs to the JavaFX thread.
public final class AskDraft {
    /// An option of a question, both counted from 0.
    public record Choice(int question, int option) {}

    public final Set<Choice> chosen = new HashSet<>();

    /// What was written or chosen, by question or field, counted from 0.
    public final Map<Integer, String> own = new HashMap<>();

    /// Why it is denied.
    public String reason = "";

    boolean hasText() {
        return !reason.isBlank() || own.values().stream().anyMatch(v -> !v.isBlank());
    }
}
