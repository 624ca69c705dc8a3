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

/// How things stand, in words: the connection, and why the person waits. Where the words count
/// seconds they are made anew every second, and else not. Belongs to the JavaFX thread.
final class StatusLine {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Scheduler delay;
    private final Clock clock;
    private final Runnable refresh;
    private final ReadOnlyObjectWrapper<ConnectionLabel> connection;
    private final ReadOnlyStringWrapper waitReason = new ReadOnlyStringWrapper("");
    private boolean ticking;

    /// @param again asks for [#update] once more
    StatusLine(Scheduler delay, Clock clock, Runnable again) {
        this.delay = delay;
        this.clock = clock;
        this.refresh = again;
        this.connection =
                new ReadOnlyObjectWrapper<>(
                        ConnectionLabel.from(new ConnectionStatus.Connecting(), clock.instant()));
    }

    /// @param busy whether a turn is under way
    /// @param talk what is open, if anything is
    void update(ConnectionStatus state, boolean busy, @Nullable ConversationModel talk) {
        connection.set(ConnectionLabel.from(state, clock.instant()));
        waitReason.set(waitReason(state, busy, talk));
        if ((busy || state instanceof ConnectionStatus.Reconnecting) && !ticking) {
            ticking = true;
            delay.schedule(
                    SECOND,
                    () -> {
                        ticking = false;
                        refresh.run();
                    });
        }
    }

    private String waitReason(
            ConnectionStatus state, boolean busy, @Nullable ConversationModel talk) {
        return switch (state) {
            case ConnectionStatus.Reconnecting _ ->
                    connection.get().detail() + " " + connection.get().text() + ".";
            case ConnectionStatus.Offline(String reason, _) -> "Offline. " + reason;
            case ConnectionStatus.Connecting _ -> "";
            case ConnectionStatus.Live _ -> {
                if (talk == null || !busy) {
                    yield "";
                }
                Activity now = talk.facts().activity();
                if (isShown(now)) {
                    yield "";
                }
                String doing = now.sentence(clock.instant());
                yield doing.isEmpty() ? "Working" : doing;
            }
        };
    }

    /// Whether it is said elsewhere: by the conversation at its end, which shows a thought, a text
    /// or a tool, each with its time; or by the question that waits, which stands right above.
    private static boolean isShown(Activity activity) {
        return activity instanceof Activity.Thinking
                || activity instanceof Activity.Writing
                || activity instanceof Activity.RunningTool
                || activity instanceof Activity.AwaitingAnswer;
    }

    ReadOnlyObjectProperty<ConnectionLabel> connection() {
        return connection.getReadOnlyProperty();
    }

    ReadOnlyStringProperty waitReason() {
        return waitReason.getReadOnlyProperty();
    }
}
