package dev.oriel.app.conversation.fold;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.conversation.notice.FailureReport;
import dev.oriel.app.conversation.notice.TurnFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The notice about the last turn if it failed. It offers what can be done about it until the next
/// prompt.
///
/// An error of the API arrives twice: as an `assistant` message that the CLI wrote, then in the
/// `result`. Only both together tell the reason, so the notice of the first is replaced.
final class FailedTurn {
    private final ItemWindow window;
    private String prompt = "";
    private boolean answered;
    private boolean running;
    private @Nullable JsonNode error;

    /// The host of the account that is used; empty for none, null while it is not known.
    private @Nullable String host;

    private Item.@Nullable Notice notice;

    /// Whether this part knows what came before the end of a turn: its prompt, or an answer.
    private boolean begun;

    /// The end of a turn of which this part has nothing else but an error; null if there is none.
    private @Nullable Opening opening;

    /// @param noticeId of the notice about it
    /// @param error that the CLI wrote before in place of an answer
    private record Opening(JsonNode result, String noticeId, @Nullable JsonNode error) {}

    FailedTurn(ItemWindow window) {
        this.window = window;
    }

    /// The agent says what it is.
    void onInit(JsonNode init) {
        host = MessageFields.text(init.path("oriel_account"), "base_url_host");
    }

    /// A prompt was sent.
    ///
    /// @param text the whole prompt; empty if it cannot be sent again
    void start(String text) {
        hideSteps();
        prompt = text;
        begun = true;
        running = true;
        answered = false;
        error = null;
        notice = null;
    }

    /// Claude answered something, or called a tool.
    void onAnswer() {
        hideSteps();
        begun = true;
        running = true;
        answered = true;
        error = null;
        notice = null;
    }

    /// The CLI wrote a message in place of an answer.
    ///
    /// @param shown its notice
    void onError(Item.Notice shown, JsonNode assistant) {
        error = assistant;
        notice = shown;
    }

    /// The turn failed.
    ///
    /// @param id of the notice, unless the error is shown already
    void finish(String id, long seq, JsonNode result) {
        Item.Notice failure = failure(id, seq, result);
        if (!begun) {
            opening = new Opening(result, failure.id(), error);
        }
        notice = failure;
        window.put(failure);
    }

    private Item.Notice failure(String id, long seq, JsonNode result) {
        Item.Notice shown = notice;
        List<String> lines = lines(result);
        FailureReport report = report(result, lines);
        TurnFailure failure = TurnFailure.of(report, again());
        List<String> details = lines.stream().filter(l -> !l.equals(failure.text())).toList();
        return new Item.Notice(
                        shown == null ? id : shown.id(),
                        shown == null ? seq : shown.seq(),
                        Level.ERROR,
                        failure.text(),
                        details)
                .withSteps(failure.steps());
    }

    /// Joins the part that comes right before this one, before its items are joined. The turn that
    /// this part only ends began there: its error is shown there, or its prompt is known there.
    void joinOlder(FailedTurn older) {
        if (older.host == null) {
            older.host = host;
        } else if (host == null) {
            host = older.host;
        }
        Opening first = opening;
        Item known = first == null ? null : window.find(first.noticeId());
        if (first != null
                && known instanceof Item.Notice shown
                && (older.running || older.error != null)) {
            first = merge(older, first, shown);
        } else if (begun || first != null) {
            older.hideSteps();
        } else {
            prompt = older.prompt;
            answered = older.answered;
            running = older.running;
            error = older.error;
            notice = older.notice;
        }
        opening = older.begun ? older.opening : first == null ? older.opening : first;
        begun |= older.begun;
    }

    /// Replaces the notice by one that tells what both parts know together.
    private Opening merge(FailedTurn older, Opening first, Item.Notice shown) {
        boolean own = first.error() != null;
        if (own) {
            older.error = first.error();
            older.notice = shown;
        }
        JsonNode reason = older.error;
        Item.Notice whole = older.failure(shown.id(), shown.seq(), first.result());
        boolean offered = !shown.steps().isEmpty();
        Item.Notice merged = offered ? whole : whole.withSteps(List.of());
        if (merged.id().equals(shown.id())) {
            window.put(merged);
        } else {
            window.remove(shown.id());
            older.window.put(merged);
        }
        if (offered) {
            notice = merged;
            prompt = older.prompt;
        }
        return new Opening(first.result(), merged.id(), reason);
    }

    /// The agent ended.
    ///
    /// @return its notice, with what can be done if it ended during a turn
    Item.Notice onExit(Item.Notice exit) {
        boolean failed = running && exit.level() == Level.ERROR;
        begun = true;
        running = false;
        if (!failed) {
            return exit;
        }
        notice = exit.withSteps(List.of(again()));
        return notice;
    }

    /// The turn ended, well or not.
    void end() {
        begun = true;
        running = false;
        error = null;
    }

    /// Hides what can be done, because it was done, or the conversation goes on.
    void hideSteps() {
        if (notice != null && window.find(notice.id()) instanceof Item.Notice held) {
            window.put(held.withSteps(List.of()));
        }
    }

    /// @return the prompt that takes a step, once; empty if there is nothing to do any more
    String take(NextStep step) {
        boolean offered =
                notice != null
                        && window.find(notice.id()) instanceof Item.Notice held
                        && held.steps().contains(step);
        if (!offered) {
            return "";
        }
        hideSteps();
        return switch (step) {
            case NextStep.SendAgain _ -> prompt;
            case NextStep.Continue _ -> "Continue";
            case NextStep.Compact _ -> "/compact";
            default -> "";
        };
    }

    /// What was done before the failure is not to be done again.
    private NextStep again() {
        return answered || prompt.isBlank() ? new NextStep.Continue() : new NextStep.SendAgain();
    }

    private FailureReport report(JsonNode result, List<String> lines) {
        int status = result.path("api_error_status").asInt(0);
        JsonNode own = error;
        if (status == 0 && own != null) {
            status = own.path("api_error_status").asInt(0);
        }
        return new FailureReport(
                own == null ? "" : MessageFields.text(own, "error"),
                status,
                MessageFields.text(result, "terminal_reason"),
                MessageFields.text(result, "subtype"),
                lines.isEmpty() ? "" : lines.getFirst(),
                host == null ? "" : host);
    }

    /// What the agent says about it, each line once.
    private List<String> lines(JsonNode result) {
        Set<String> lines = new LinkedHashSet<>();
        if (error != null) {
            add(MessageFields.content(error.path("message").path("content")), lines);
        }
        add(MessageFields.text(result, "result"), lines);
        for (JsonNode each : result.path("errors")) {
            String text = each.asText("").strip();
            // Diagnostics of the CLI, not for users.
            if (!text.startsWith("[ede_diagnostic]")) {
                add(text, lines);
            }
        }
        return new ArrayList<>(lines);
    }

    private static void add(String text, Set<String> lines) {
        Truncation.truncate(text.strip()).lines().filter(l -> !l.isBlank()).forEach(lines::add);
    }
}
