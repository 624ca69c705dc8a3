package dev.oriel.app.asks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskReply;
import dev.oriel.app.asks.request.Elicitation;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
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

/// The asks that wait, and the one that is shown. An answer counts only once that one has been in
/// sight for a moment: what comes up under a finger that is already on its way is not answered by
/// it. It is allowed only once its end has been in sight too. Belongs to the JavaFX thread.
public final class AsksViewModel {
    /// How long an ask is in sight before it can be answered.
    public static final Duration ARMING = Duration.ofMillis(700);

    private final Scheduler delay;
    private final Consumer<String> words;
    private final ObservableList<Ask> pending = FXCollections.observableArrayList();

    /// One for all who look: the wrapper is held weakly by the list behind it.
    private final ObservableList<Ask> shownPending =
            FXCollections.unmodifiableObservableList(pending);

    private final ReadOnlyObjectWrapper<@Nullable Ask> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper armed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper endSeen = new ReadOnlyBooleanWrapper(true);
    private final AskDrafts forms = new AskDrafts();
    private String session = "";
    private Predicate<Message> send = _ -> false;
    private Runnable disarm = () -> {};
    private Runnable showEnd = () -> {};

    /// @param words hears short sentences for the person
    public AsksViewModel(Scheduler delay, Consumer<String> words) {
        this.delay = delay;
        this.words = words;
    }

    /// Turns to another session, without any asks yet.
    ///
    /// @param to its id
    /// @param by sends an answer and says whether it went out
    public void attach(String to, Predicate<Message> by) {
        session = to;
        send = by;
        pending.clear();
        show(null);
    }

    /// Takes a message of the session's; only asks and their withdrawal matter here.
    ///
    /// @param stopping whether the person has stopped the turn, so that a withdrawal is no news to
    ///   them
    public void receive(Message message, boolean stopping) {
        if (message.is("control_request")) {
            Ask ask = Ask.of(message);
            if (ask != null && pending.stream().noneMatch(same(ask.requestId()))) {
                pending.add(ask);
                if (shown.get() == null) {
                    show(ask);
                }
            }
        } else if (message.is("control_cancel_request") && message.requestId() != null) {
            withdraw(
                    message.requestId(), stopping ? "" : "Answered elsewhere, or no longer asked.");
        }
    }

    /// After the connection came back: the server says again what is open, and these are not.
    public void retainOnly(Set<String> open) {
        for (Ask ask : List.copyOf(pending)) {
            if (!open.contains(ask.requestId())) {
                withdraw(ask.requestId(), "Answered in the meantime.");
            }
        }
    }

    private void withdraw(String requestId, String why) {
        if (pending.stream().anyMatch(same(requestId))) {
            if (!why.isEmpty()) {
                words.accept(why);
            }
            remove(requestId);
        }
    }

    private static Predicate<Ask> same(String requestId) {
        return a -> a.requestId().equals(requestId);
    }

    private void remove(String requestId) {
        forms.remove(session, requestId);
        pending.removeIf(same(requestId));
        Ask now = shown.get();
        if (now != null && now.requestId().equals(requestId)) {
            show(pending.isEmpty() ? null : pending.getFirst());
        }
    }

    /// Shows another of those that wait; it has to be in sight for its own moment.
    public void show(@Nullable Ask ask) {
        endSeen.set(true);
        showEnd = () -> {};
        shown.set(ask);
        rearm();
    }

    /// The position of the one that is shown among those that wait, from 1; 0 if none is.
    public int position() {
        return pending.indexOf(shown.get()) + 1;
    }

    /// What the user has entered for the one that is shown.
    public AskDraft draft(Ask ask) {
        return forms.of(session, ask.requestId());
    }

    /// What is shown may be longer than there is room for: until [#markEndSeen(boolean)] it is not
    /// allowed.
    ///
    /// @param by brings the end into sight
    public void requireEndSeen(Runnable by) {
        showEnd = by;
        endSeen.set(false);
    }

    /// Once seen it stays seen, whatever is scrolled afterwards.
    ///
    /// @param scrolled whether the user had to bring it into sight: then it has to be there for a
    ///   moment as well
    public void markEndSeen(boolean scrolled) {
        if (!endSeen.get()) {
            endSeen.set(true);
            if (scrolled) {
                rearm();
            }
        }
    }

    /// The window has just come to the front, perhaps by a click that is on its way to a button.
    public void onWindowActivated() {
        rearm();
    }

    private void rearm() {
        disarm.run();
        armed.set(false);
        disarm = shown.get() == null ? () -> {} : delay.schedule(ARMING, () -> armed.set(true));
    }

    public void allow() {
        if (mayAllow()) {
            resolve(AskReply::allow);
        }
    }

    /// Allows whatever the ask's rule covers for the rest of the session; nothing happens where
    /// there is no rule.
    public void allowAlways() {
        Ask ask = shown.get();
        if (ask != null
                && ask.kind() instanceof Ask.Kind.Permission
                && ask.rule() != null
                && mayAllow()) {
            Ask.Rule rule = ask.rule();
            resolve(a -> AskReply.allowAlways(a, rule));
        }
    }

    private boolean mayAllow() {
        Ask ask = shown.get();
        // Questions are answered by their form, and not by the key that allows.
        if (ask == null || !armed.get() || ask.kind() instanceof Ask.Kind.Questions) {
            return false;
        }
        if (ask.kind() instanceof Elicitation) {
            return false; // it is answered by its form
        }
        if (!ask.canBeAllowed()) {
            words.accept("No plan came with this, so there is nothing to approve.");
            return false;
        }
        if (!endSeen.get()) {
            showEnd.run();
            words.accept("This is how it ends. Allow it once more if you mean it.");
            return false;
        }
        return true;
    }

    /// @param reason what Claude is told, perhaps blank
    public void deny(String reason) {
        resolve(a -> AskReply.deny(a, reason));
    }

    /// Denies with the reason that the user has entered, if any.
    public void deny() {
        Ask ask = shown.get();
        if (ask != null) {
            deny(ask.kind() instanceof Ask.Kind.Questions ? AskReply.SKIPPED : draft(ask).reason);
        }
    }

    /// What Esc does: it leaves the request of an MCP server without an answer, and denies anything
    /// else.
    public void dismiss() {
        Ask ask = shown.get();
        if (ask != null && ask.kind() instanceof Elicitation) {
            answerForm("cancel", Json.object());
        } else {
            deny();
        }
    }

    /// Whether the user has written something for the one that is shown.
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
        if (ask == null || !armed.get()) {
            return;
        }
        if (send.test(with.apply(ask))) {
            remove(ask.requestId());
        } else {
            words.accept("Not connected. The question stays open.");
        }
    }

    public ObservableList<Ask> pending() {
        return shownPending;
    }

    public ReadOnlyObjectProperty<@Nullable Ask> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Whether the one that is shown can be answered now.
    public ReadOnlyBooleanProperty armed() {
        return armed.getReadOnlyProperty();
    }

    /// Whether all of the one that is shown has been in sight, as far as its end.
    public ReadOnlyBooleanProperty endSeen() {
        return endSeen.getReadOnlyProperty();
    }
}
