package dev.oriel.app.asks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
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
    private final Runnable changed;
    private String reason = "";
    private final Map<Integer, String> changes = new TreeMap<>();

    /// @param changed called whenever a part that is stored has changed
    AskDraft(Runnable changed) {
        this.changed = changed;
    }

    /// A stored draft.
    ///
    /// @param json result of [#toJson]; other members are ignored
    static AskDraft from(JsonNode json, Runnable changed) {
        AskDraft draft = new AskDraft(changed);
        draft.reason = json.path("reason").asText("");
        for (JsonNode comment : json.path("comments")) {
            draft.comments.add(
                    new PlanComment(
                            comment.path("quote").asText(""), comment.path("text").asText("")));
        }
        json.path("changes")
                .properties()
                .forEach(change -> {
                    if (change.getKey().matches("\\d{1,4}")) {
                        draft.changes.put(
                                Integer.valueOf(change.getKey()), change.getValue().asText());
                    }
                });
        return draft;
    }

    /// The parts that are stored.
    ObjectNode toJson() {
        ObjectNode json = Json.object().put("reason", reason);
        comments.forEach(c ->
                json.withArray("comments")
                        .addObject()
                        .put("quote", c.quote())
                        .put("text", c.text()));
        changes.forEach((part, text) -> json.withObject("changes").put(part.toString(), text));
        return json;
    }

    /// Whether it has a part that is stored.
    boolean isStored() {
        return !reason.isBlank() || !comments.isEmpty() || !changes.isEmpty();
    }

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
        changed.run();
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
        changed.run();
    }

    /// The comments on parts of a plan.
    public List<PlanComment> comments() {
        return List.copyOf(comments);
    }

    public void addComment(PlanComment comment) {
        comments.add(comment);
        changed.run();
    }

    public void removeComment(PlanComment comment) {
        comments.remove(comment);
        changed.run();
    }

    /// Whether a reason or another text was entered.
    public boolean hasText() {
        return isStored() || texts.values().stream().anyMatch(v -> !v.isBlank());
    }
}
