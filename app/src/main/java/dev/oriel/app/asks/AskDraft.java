package dev.oriel.app.asks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The input for an ask that was not sent yet. It is kept while another session is open. Belongs to
/// the JavaFX thread.
public final class AskDraft {
    private final Set<Choice> chosen = new HashSet<>();
    private final Map<Integer, String> texts = new HashMap<>();
    private final List<PlanComment> comments = new ArrayList<>();
    private String reason = "";
    private final Map<Integer, String> changes = new TreeMap<>();

    /// An option of a question, both counted from 0.
    public record Choice(int question, int option) {}

    /// Whether an option is chosen.
    public boolean isChosen(Choice choice) {
        return chosen.contains(choice);
    }

    /// Chooses an option, or takes the choice back.
    public void choose(Choice choice, boolean on) {
        if (on) {
            chosen.add(choice);
        } else {
            chosen.remove(choice);
        }
    }

    /// The text that was entered for a question or field.
    ///
    /// @param number of the question or field, from 0
    /// @param initial the text if none was entered
    public String text(int number, String initial) {
        return texts.getOrDefault(number, initial);
    }

    /// Keeps the text of a question or field.
    ///
    /// @param number of the question or field, from 0
    public void setText(int number, String text) {
        texts.put(number, text);
    }

    /// The reason for denying.
    public String reason() {
        return reason;
    }

    public void setReason(String text) {
        reason = text;
    }

    /// The parts of the input that the user changed, by their number.
    public Map<Integer, String> changes() {
        return Map.copyOf(changes);
    }

    /// Changes a part of the input.
    ///
    /// @param part its number
    /// @param text null for what was asked
    public void setChange(int part, @Nullable String text) {
        if (text == null) {
            changes.remove(part);
        } else {
            changes.put(part, text);
        }
    }

    /// The comments on parts of a plan.
    public List<PlanComment> comments() {
        return List.copyOf(comments);
    }

    public void addComment(PlanComment comment) {
        comments.add(comment);
    }

    public void removeComment(PlanComment comment) {
        comments.remove(comment);
    }

    /// Whether a reason or another text was entered.
    public boolean hasText() {
        return !reason.isBlank()
                || !comments.isEmpty()
                || !changes.isEmpty()
                || texts.values().stream().anyMatch(v -> !v.isBlank());
    }
}
