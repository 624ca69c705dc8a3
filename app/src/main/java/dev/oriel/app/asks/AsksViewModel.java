package dev.oriel.app.asks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskReply;
import dev.oriel.app.asks.request.Elicitation;
import dev.oriel.app.asks.request.InputEdits;
import dev.oriel.app.asks.request.InputEdits.Result;
import dev.oriel.app.asks.scope.AllowChoice;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The open asks of a session, and the one that is shown.
///
/// An ask can be resolved only after it was in sight for [#ARMING], so that a key or click that was
/// meant for something else does not resolve it. It can be allowed only after its end was in sight
/// too. Belongs to the JavaFX thread.
public final class AsksViewModel {
    /// How long an ask is in sight before it can be resolved.
    public static final Duration ARMING = Duration.ofMillis(700);

    private final Consumer<String> toasts;
    private final AskArming arming;
    private final ObservableList<Ask> pending = FXCollections.observableArrayList();

    /// One instance for all listeners, because the list holds this wrapper weakly.
    private final ObservableList<Ask> shownPending =
            FXCollections.unmodifiableObservableList(pending);

    private final ReadOnlyObjectWrapper<@Nullable Ask> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper together = new ReadOnlyBooleanWrapper();
    private final AskDrafts drafts;
    private final Consumer<String> keep;
    private String session = "";
    private Predicate<Message> send = _ -> false;

    /// @param toasts receives short sentences for the user
    /// @param keep receives comments on a plan that could not be sent with an answer, to put them
    ///   into the message field
    public AsksViewModel(
            Scheduler scheduler, Consumer<String> toasts, AskDrafts drafts, Consumer<String> keep) {
        this.drafts = drafts;
        this.keep = keep;
        this.toasts = toasts;
        arming = new AskArming(scheduler, ARMING);
    }

    /// Shows the asks of another session, which has none yet.
    ///
    /// @param to its id
    /// @param by sends a reply and returns whether it was sent
    public void attach(String to, Predicate<Message> by) {
        session = to;
        send = by;
        pending.clear();
        show(null);
    }

    /// Applies a message of the session: an ask, or the withdrawal of one. Others are ignored.
    ///
    /// @param stopping whether the user stopped the turn, so that a withdrawal is no news
    public void receive(Message message, boolean stopping) {
        if (message.is(MessageType.CONTROL_REQUEST)) {
            Ask ask = Ask.of(message);
            if (ask != null && pending.stream().noneMatch(same(ask.requestId()))) {
                pending.add(ask);
                if (shown.get() == null) {
                    show(ask);
                }
            }
        } else if (message.is(MessageType.CONTROL_CANCEL_REQUEST) && message.requestId() != null) {
            withdraw(
                    message.requestId(), stopping ? "" : "Answered elsewhere, or no longer asked.");
        }
    }

    /// Removes the asks that are no longer open. Called after the connection was restored, when the
    /// server has sent all open asks again.
    public void retainOnly(Set<String> open) {
        for (Ask ask : List.copyOf(pending)) {
            if (!open.contains(ask.requestId())) {
                withdraw(ask.requestId(), "This was answered elsewhere.");
            }
        }
        drafts.retain(session, open).forEach(this::keepText);
    }

    /// Keeps what the user wrote to Claude about an ask that is no longer open. Answers to
    /// questions and forms are not kept: they are for others, and may be secret.
    private void keepText(AskDraft draft) {
        if (!draft.comments().isEmpty()) {
            keepComments(draft);
        } else if (!draft.reason().isBlank()) {
            keep.accept(draft.reason());
            toasts.accept("What you wrote is in the message field.");
        }
    }

    /// Keeps the comments on a plan.
    private void keepComments(AskDraft draft) {
        if (!draft.comments().isEmpty()) {
            keep.accept(PlanComment.message(draft.comments(), draft.reason()));
            toasts.accept("Your comments on the plan are in the message field.");
        }
    }

    /// Deletes the drafts of a session that was deleted.
    public void deleteDrafts(String ofSession) {
        drafts.delete(ofSession);
    }

    private void withdraw(String requestId, String why) {
        if (pending.stream().anyMatch(same(requestId))) {
            if (!why.isEmpty()) {
                toasts.accept(why);
            }
            keepText(drafts.of(session, requestId));
            remove(requestId);
        }
    }

    private static Predicate<Ask> same(String requestId) {
        return a -> a.requestId().equals(requestId);
    }

    private void remove(String requestId) {
        drafts.remove(session, requestId);
        pending.removeIf(same(requestId));
        Ask now = shown.get();
        if (now != null && now.requestId().equals(requestId)) {
            show(pending.isEmpty() ? null : pending.getFirst());
        }
    }

    /// Shows another open ask, which has to be in sight for [#ARMING] itself.
    public void show(@Nullable Ask ask) {
        together.set(false);
        // Before its view is created, which may require that its end is seen.
        arming.start(ask != null);
        shown.set(ask);
    }

    /// The position of the shown ask among the open ones, from 1; 0 if none is shown.
    public int position() {
        return pending.indexOf(shown.get()) + 1;
    }

    /// The draft of an ask.
    public AskDraft draft(Ask ask) {
        return drafts.of(session, ask.requestId());
    }

    /// The shown ask may be longer than its room: it cannot be allowed before
    /// [#markEndSeen(boolean)].
    ///
    /// @param by brings the end into sight
    public void requireEndSeen(Runnable by) {
        arming.requireEnd(by);
    }

    /// The end of the shown ask is in sight, and counts as seen from now on.
    ///
    /// @param scrolled whether the user had to scroll to it; the ask is armed again then
    public void markEndSeen(boolean scrolled) {
        if (arming.markEnd() && scrolled) {
            rearm();
        }
    }

    /// The window came to the front, perhaps by a click that is about to hit a button.
    public void onWindowActivated() {
        rearm();
    }

    private void rearm() {
        arming.restart(shown.get() != null);
    }

    public void allow() {
        if (mayAllow()) {
            approve(edited(AskReply::allow));
        }
    }

    /// Allows the shown ask. The agent takes no comments with an approval, so they are kept.
    private void approve(Function<Ask, Message> with) {
        Ask ask = shown.get();
        if (ask == null) {
            return;
        }
        AskDraft draft = draft(ask);
        resolve(with);
        if (!pending.contains(ask)) {
            keepComments(draft);
        }
    }

    /// Applies the user's changes of the shown ask's input, also to those that are identical.
    private Function<Ask, Message> edited(Function<Ask, Message> reply) {
        Ask ask = shown.get();
        Map<Integer, String> changes = ask == null ? Map.of() : draft(ask).changes();
        return changes.isEmpty()
                ? reply
                : a ->
                        reply.apply(
                                InputEdits.apply(a, changes) instanceof Result.Changed(var input)
                                        ? a.withInput(input)
                                        : a);
    }

    /// Allows what the rule of the ask covers, for the rest of the session. Does nothing if the ask
    /// has no rule.
    public void allowAlways() {
        Ask ask = shown.get();
        if (ask != null && ask.kind() instanceof Ask.Kind.Permission && ask.rule() != null) {
            allow(ask, ask.choices().getFirst());
        }
    }

    /// Allows an ask, and what was chosen beyond it. Does nothing if another ask is shown by now.
    ///
    /// @param choice one of the ask's
    public void allow(Ask ask, AllowChoice choice) {
        if (ask.equals(shown.get()) && ask.choices().contains(choice) && mayAllow()) {
            approve(edited(a -> AskReply.allow(a, choice)));
        }
    }

    /// Sets whether the reply goes to all asks that are identical to the shown one. Only until
    /// another ask is shown.
    public void setTogether(boolean all) {
        together.set(all);
    }

    /// Whether the reply goes to all asks that are identical to the shown one.
    public ReadOnlyBooleanProperty together() {
        return together.getReadOnlyProperty();
    }

    /// The open asks for the same call as the shown one, with that one; empty if none is shown.
    public List<Ask> identical() {
        Ask ask = shown.get();
        if (ask == null) {
            return List.of();
        }
        return pending.stream().filter(a -> a.equals(ask) || a.isSameCall(ask)).toList();
    }

    private boolean mayAllow() {
        Ask ask = shown.get();
        // Questions are resolved by their form only, not by the key that allows.
        if (ask == null || !arming.armed().get() || ask.kind() instanceof Ask.Kind.Questions) {
            return false;
        }
        if (ask.kind() instanceof Elicitation) {
            return false; // it is answered by its form
        }
        if (!ask.canBeAllowed()) {
            toasts.accept("There is no plan to approve.");
            return false;
        }
        if (InputEdits.apply(ask, draft(ask).changes()) instanceof Result.Wrong(String why)) {
            toasts.accept(why);
            return false;
        }
        if (!arming.endSeen().get()) {
            arming.showEnd();
            toasts.accept("This is the end of it. Allow again to confirm.");
            return false;
        }
        return true;
    }

    /// @param reason for Claude; may be blank
    public void deny(String reason) {
        resolve(a -> AskReply.deny(a, reason));
    }

    /// Denies with the reason that the user entered, if any.
    public void deny() {
        Ask ask = shown.get();
        if (ask != null) {
            deny(
                    switch (ask.kind()) {
                        case Ask.Kind.Questions _ -> AskReply.SKIPPED;
                        case Ask.Kind.Plan _ ->
                                PlanComment.message(draft(ask).comments(), draft(ask).reason());
                        case Ask.Kind.Permission _, Elicitation _ -> draft(ask).reason();
                    });
        }
    }

    /// What Escape does: cancels the request of an MCP server, and denies any other ask.
    public void dismiss() {
        Ask ask = shown.get();
        if (ask != null && ask.kind() instanceof Elicitation) {
            answerForm("cancel", Json.object());
        } else {
            deny();
        }
    }

    /// Whether the user entered a text for the shown ask.
    public boolean hasDraft() {
        Ask ask = shown.get();
        return ask != null && draft(ask).hasText();
    }

    /// @param action `accept`, `decline` or `cancel`
    public void answerForm(String action, ObjectNode content) {
        resolve(a -> AskReply.answerForm(a, action, content));
    }

    /// @param answers by the text of the question
    public void answerQuestions(Map<String, String> answers) {
        resolve(a -> AskReply.answerQuestions(a, answers));
    }

    private void resolve(Function<Ask, Message> with) {
        Ask ask = shown.get();
        if (ask == null || !arming.armed().get()) {
            return;
        }
        List<Ask> all = new ArrayList<>(together.get() ? identical() : List.of());
        // The shown one comes last, because its removal shows another one.
        all.remove(ask);
        all.add(ask);
        for (Ask each : all) {
            if (send.test(with.apply(each))) {
                remove(each.requestId());
            } else {
                toasts.accept("Not connected. The question stays open.");
                return;
            }
        }
    }

    public ObservableList<Ask> pending() {
        return shownPending;
    }

    public ReadOnlyObjectProperty<@Nullable Ask> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Whether the shown ask can be resolved now.
    public ReadOnlyBooleanProperty armed() {
        return arming.armed();
    }

    /// Whether the shown ask was in sight as far as its end.
    public ReadOnlyBooleanProperty endSeen() {
        return arming.endSeen();
    }
}
