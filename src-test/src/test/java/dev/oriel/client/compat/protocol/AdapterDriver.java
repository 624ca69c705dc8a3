package dev.oriel.client.compat.protocol;

import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.compat.protocol.ProtocolEvent.AskResolved;
import dev.oriel.client.compat.protocol.ProtocolEvent.Closed;
import dev.oriel.client.compat.protocol.ProtocolEvent.FrameReceived;
import dev.oriel.client.compat.protocol.ProtocolEvent.InterruptRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.Opened;
import dev.oriel.client.compat.protocol.ProtocolEvent.PromptSubmitted;
import dev.oriel.client.compat.protocol.ProtocolEvent.SessionEndRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.SessionRequested;
import dev.oriel.client.compat.protocol.ProtocolEvent.TurnPollDue;
import dev.oriel.client.link.DisconnectReason;
import java.util.ArrayList;
import java.util.List;

/// Gives events to an adapter, one after the other, and lists the effects.
final class AdapterDriver<S> {
    static final DisconnectReason LOST = new DisconnectReason.Lost("lost");

    private final ProtocolAdapter<S> adapter;
    private S state;

    AdapterDriver(ProtocolAdapter<S> adapter) {
        this.adapter = adapter;
        this.state = adapter.initialState();
    }

    S state() {
        return state;
    }

    List<String> on(ProtocolEvent event) {
        ProtocolAdapter.Step<S> step = adapter.on(state, event);
        state = step.state();
        return EffectSummary.summarize(step.effects());
    }

    List<String> open(String credential) {
        return on(new Opened(credential));
    }

    List<String> close(int code, String reason) {
        return on(new Closed(code, reason));
    }

    /// @param frames as JSON with single quotes
    List<String> receive(String... frames) {
        List<String> effects = new ArrayList<>();
        for (String frame : frames) {
            effects.addAll(on(new FrameReceived(EffectSummary.frame(frame))));
        }
        return effects;
    }

    List<String> prompt(String session, String text) {
        return on(new PromptSubmitted(session, "u", text));
    }

    List<String> interrupt(String session) {
        return on(new InterruptRequested(session));
    }

    /// @param reply JSON with single quotes
    List<String> resolve(String session, String requestId, String reply) {
        return on(new AskResolved(session, requestId, EffectSummary.json(reply)));
    }

    List<String> create(String session, NewSessionRequest options) {
        return on(new SessionRequested(session, options));
    }

    List<String> end(String session) {
        return on(new SessionEndRequested(session));
    }

    List<String> poll() {
        return on(new TurnPollDue());
    }

    DisconnectReason disconnectReason(int code, String reason) {
        return adapter.disconnectReason(state, LOST, code, reason);
    }
}
