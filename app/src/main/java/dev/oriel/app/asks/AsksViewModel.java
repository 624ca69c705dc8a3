package dev.oriel.app.asks;

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
/// it. Belongs to the JavaFX thread.
public final class AsksViewModel {
    /// How long an ask is in sight before it can be answered.
    public static final Duration ARMING = Duration.ofMillis(700);

    private final Delay delay;
    private final Consumer<String> words;
    private final ObservableList<Ask> pending = FXCollections.observableArrayList();

    /// One for all who look: the wrapper is held weakly by the list behind it.
    private final ObservableList<Ask> shownPending =
            FXCollections.unmodifiableObservableList(pending);

    private final ReadOnlyObjectWrapper<@Nullable Ask> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper armed = new ReadOnlyBooleanWrapper();
    private Predicate<Message> send = _ -> false;
    private Runnable disarm = () -> {};

    /// @param words hears short sentences for the person
    public AsksViewModel(Delay delay, Consumer<String> words) {
        this.delay = delay;
        this.words = words;
    }

    /// Turns to another session, without any asks yet.
    ///
    /// @param to sends an answer and says whether it went out
    public void attach(Predicate<Message> to) {
        send = to;
        pending.clear();
        show(null);
    }

    /// Takes a message of the session's; only asks and their withdrawal matter here.
    ///
    /// @param stopping whether the person has stopped the turn, so that a withdrawal is no news to
    ///   them
    public void accept(Message message, boolean stopping) {
        if (message.is("control_request", "can_use_tool")) {
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
    public void keepOnly(Set<String> open) {
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
        pending.removeIf(same(requestId));
        Ask now = shown.get();
        if (now != null && now.requestId().equals(requestId)) {
            show(pending.isEmpty() ? null : pending.getFirst());
        }
    }

    /// Shows another of those that wait; it has to be in sight for its own moment.
    public void show(@Nullable Ask ask) {
        shown.set(ask);
        disarmed();
    }

    /// The window has just come to the front, perhaps by a click that is on its way to a button.
    public void windowActivated() {
        disarmed();
    }

    private void disarmed() {
        disarm.run();
        armed.set(false);
        disarm = shown.get() == null ? () -> {} : delay.after(ARMING, () -> armed.set(true));
    }

    public void allow() {
        answer(AskAnswer::allow);
    }

    /// Allows whatever the ask's rule covers for the rest of the session; nothing happens where
    /// there is no rule.
    public void always() {
        Ask ask = shown.get();
        if (ask != null && ask.rule() != null) {
            Ask.Rule rule = ask.rule();
            answer(a -> AskAnswer.always(a, rule));
        }
    }

    /// @param reason what Claude is told, perhaps blank
    public void deny(String reason) {
        answer(a -> AskAnswer.deny(a, reason));
    }

    /// @param answers by the text of the question
    public void answers(Map<String, String> answers) {
        answer(a -> AskAnswer.answers(a, answers));
    }

    private void answer(Function<Ask, Message> with) {
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
}
