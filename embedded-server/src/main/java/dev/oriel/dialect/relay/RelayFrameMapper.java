package dev.oriel.dialect.relay;

import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.MessageKind;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.Delivery;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what a session says into frames of the relay.
///
/// A session tells of a failure in more than one way, and again to everybody who comes later; the
/// client hears of each once, and only of those that happen while it is there.
///
/// Its calls must not overlap.
final class RelayFrameMapper {
    private final boolean parts;
    private @Nullable SessionState lastState;
    private @Nullable String exit;
    private volatile boolean prompted;

    /// @param parts whether the client wants answers piece by piece as well
    RelayFrameMapper(boolean parts) {
        this.parts = parts;
    }

    /// The client has sent a prompt: a failure that comes now is news, even one that was told
    /// before. Any thread.
    void onPromptSent() {
        prompted = true;
    }

    List<byte[]> toFrames(List<Delivery> deliveries) {
        List<byte[]> frames = new ArrayList<>(deliveries.size());
        for (Delivery each : deliveries) {
            switch (each.event()) {
                case MessageEvent message -> {
                    if (isWanted(MessageKind.of(message))) {
                        frames.add(RelayFrames.sdkMessage(message.message()));
                    }
                }
                case AgentExited e -> {
                    exit = e.text();
                    frames.add(RelayFrames.error(described(e)));
                }
                case SessionChanged(SessionView session, _) -> {
                    String failure = newFailure(session);
                    if (failure != null) {
                        frames.add(RelayFrames.error(failure));
                    }
                    lastState = session.state();
                }
                case RequestRejected(_, String text) -> frames.add(RelayFrames.error(text));
                case Notice(Level level, _, String text) when level == Level.ERROR ->
                        frames.add(RelayFrames.error(text));
                // As its newest version does; older clients ignore what they do not know.
                case AgentStderr(String line) -> frames.add(RelayFrames.info(line + "\n"));
                default -> {
                    // This system has no frame for it.
                }
            }
        }
        return frames;
    }

    /// The SDK's own sentence, which clients know.
    private static String described(AgentExited e) {
        return e.cause() == ExitCause.CRASHED && e.code() != null
                ? "Claude Code process exited with code " + e.code()
                : e.text();
    }

    /// @return null if there is none, or it was told before
    private @Nullable String newFailure(SessionView session) {
        if (lastState == null || !(session.state() instanceof SessionState.Failed)) {
            return null;
        }
        boolean news = prompted || !(lastState instanceof SessionState.Failed);
        String error = session.record().error();
        boolean told = exit != null && exit.equals(error);
        prompted = false;
        exit = null;
        return news && !told ? error : null;
    }

    private boolean isWanted(MessageKind kind) {
        return kind == MessageKind.OUTPUT || (kind == MessageKind.PARTIAL && parts);
    }
}
