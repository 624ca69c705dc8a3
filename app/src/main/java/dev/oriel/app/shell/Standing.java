package dev.oriel.app.shell;

import dev.oriel.app.asks.Delay;
import dev.oriel.app.conversation.Activity;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.client.LinkState;
import java.time.Clock;
import java.time.Duration;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// How things stand, in words: the connection, and why the person waits. Where the words count
/// seconds they are made anew every second, and else not. Belongs to the JavaFX thread.
final class Standing {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Delay delay;
    private final Clock clock;
    private final Runnable again;
    private final ReadOnlyObjectWrapper<LinkWords> link;
    private final ReadOnlyStringWrapper why = new ReadOnlyStringWrapper("");
    private boolean ticking;

    /// @param again asks for [#tell] once more
    Standing(Delay delay, Clock clock, Runnable again) {
        this.delay = delay;
        this.clock = clock;
        this.again = again;
        this.link =
                new ReadOnlyObjectWrapper<>(
                        LinkWords.of(new LinkState.Connecting(), clock.instant()));
    }

    /// @param busy whether a turn is under way
    /// @param talk what is open, if anything is
    void tell(LinkState state, boolean busy, @Nullable ConversationModel talk) {
        link.set(LinkWords.of(state, clock.instant()));
        why.set(words(state, busy, talk));
        if ((busy || state instanceof LinkState.Reconnecting) && !ticking) {
            ticking = true;
            delay.after(
                    SECOND,
                    () -> {
                        ticking = false;
                        again.run();
                    });
        }
    }

    private String words(LinkState state, boolean busy, @Nullable ConversationModel talk) {
        return switch (state) {
            case LinkState.Reconnecting _ -> link.get().detail() + " " + link.get().word() + ".";
            case LinkState.Offline(String reason, _) -> "Offline. " + reason;
            case LinkState.Connecting _ -> "";
            case LinkState.Live _ -> {
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
                || activity instanceof Activity.NeedsYou;
    }

    ReadOnlyObjectProperty<LinkWords> link() {
        return link.getReadOnlyProperty();
    }

    ReadOnlyStringProperty why() {
        return why.getReadOnlyProperty();
    }
}
