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

/// Converts the session's events to the relay's frames.
///
/// A session reports a failure in more than one way, and again to each new subscriber. The client
/// receives each failure once, and only those that happen while it is connected.
///
/// Calls must not overlap, except for [#onPromptSent()].
final class RelayFrameMapper {
    private final boolean includePartial;

    /// The session's state at the last change; null before the first one.
    private @Nullable SessionState lastState;

    /// Text of an exit of the agent that the client has received; the session's state repeats it.
    private @Nullable String reportedExit;

    /// Whether the client has sent a prompt since the last failure. Set by any thread.
    private volatile boolean prompted;

    /// @param includePartial whether the client wants partial messages too
    RelayFrameMapper(boolean includePartial) {
        this.includePartial = includePartial;
    }

    /// Must be called when the client has sent a prompt: a failure is reported from then on even if
    /// it repeats an earlier one. Any thread.
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
                    reportedExit = e.text();
                    frames.add(RelayFrames.error(exitText(e)));
                }
                case SessionChanged(SessionView session, _, _) -> {
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
    private static String exitText(AgentExited e) {
        return e.cause() == ExitCause.CRASHED && e.code() != null
                ? "Claude Code process exited with code " + e.code()
                : e.text();
    }

    /// @return null if the session has not failed, or the client has received the failure before
    private @Nullable String newFailure(SessionView session) {
        if (lastState == null || !(session.state() instanceof SessionState.Failed)) {
            return null;
        }
        boolean isNew = prompted || !(lastState instanceof SessionState.Failed);
        String error = session.record().error();
        boolean isReported = reportedExit != null && reportedExit.equals(error);
        prompted = false;
        reportedExit = null;
        return isNew && !isReported ? error : null;
    }

    private boolean isWanted(MessageKind kind) {
        return kind == MessageKind.OUTPUT || (kind == MessageKind.PARTIAL && includePartial);
    }
}
