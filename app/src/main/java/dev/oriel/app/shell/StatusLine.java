package dev.oriel.app.shell;

import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Activity;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.client.ConnectionStatus;
import java.time.Clock;
import java.time.Duration;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The status of the connection and the reason why the user waits, as text. A text that counts
/// seconds is updated every second. Belongs to the JavaFX thread.
final class StatusLine {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Clock clock;
    private final Runnable refresh;
    private final ReadOnlyObjectWrapper<ConnectionLabel> connection;
    private final ReadOnlyStringWrapper waitReason = new ReadOnlyStringWrapper("");
    private boolean ticking;

    /// @param refresh calls [#update] again
    StatusLine(Scheduler scheduler, Clock clock, Runnable refresh) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.refresh = refresh;
        this.connection =
                new ReadOnlyObjectWrapper<>(
                        ConnectionLabel.from(new ConnectionStatus.Connecting(), clock.instant()));
    }

    /// @param busy whether a turn is running
    /// @param conversation the open conversation; null if there is none
    void update(ConnectionStatus status, boolean busy, @Nullable ConversationModel conversation) {
        connection.set(ConnectionLabel.from(status, clock.instant()));
        waitReason.set(waitReason(status, busy, conversation));
        if ((busy || status instanceof ConnectionStatus.Reconnecting) && !ticking) {
            ticking = true;
            scheduler.schedule(
                    SECOND,
                    () -> {
                        ticking = false;
                        refresh.run();
                    });
        }
    }

    private String waitReason(
            ConnectionStatus status, boolean busy, @Nullable ConversationModel conversation) {
        return switch (status) {
            case ConnectionStatus.Reconnecting _ ->
                    connection.get().detail() + " " + connection.get().text() + ".";
            case ConnectionStatus.Offline(String cause, _) -> "Offline. " + cause;
            case ConnectionStatus.Connecting _ -> "";
            case ConnectionStatus.Live _ -> {
                if (conversation == null || !busy) {
                    yield "";
                }
                Activity now = conversation.facts().activity();
                if (isShown(now)) {
                    yield "";
                }
                String sentence = now.sentence(clock.instant());
                yield sentence.isEmpty() ? "Working" : sentence;
            }
        };
    }

    /// Whether it is shown elsewhere: thinking, writing and tools at the end of the conversation,
    /// and an ask right above this line.
    private static boolean isShown(Activity activity) {
        return activity instanceof Activity.Thinking
                || activity instanceof Activity.Writing
                || activity instanceof Activity.RunningTool
                || activity instanceof Activity.AwaitingAnswer;
    }

    ReadOnlyObjectProperty<ConnectionLabel> connection() {
        return connection.getReadOnlyProperty();
    }

    /// Why the user waits; empty if there is nothing to wait for.
    ReadOnlyStringProperty waitReason() {
        return waitReason.getReadOnlyProperty();
    }
}
