package dev.oriel.session.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.AgentStderr;
import dev.oriel.session.event.SessionEvent.AgentStdout;
import dev.oriel.session.event.SessionEvent.Level;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Notice;
import dev.oriel.session.fanout.SessionOutput;
import dev.oriel.session.state.SessionDetails;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the agent's events to the session: messages to its output, starts and results to the
/// current turn. Confined to the lane.
final class AgentEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AgentEvents.class);

    private final SessionDetails details;
    private final SessionOutput output;
    private final SessionAgent agent;
    private final AgentAsks asks;
    private final CurrentTurn turn;

    AgentEvents(
            SessionDetails details,
            SessionOutput output,
            SessionAgent agent,
            AgentAsks asks,
            CurrentTurn turn) {
        this.details = details;
        this.output = output;
        this.agent = agent;
        this.asks = asks;
        this.turn = turn;
    }

    void process(AgentEvent event) {
        try {
            switch (event) {
                case AgentEvent.Output(Message message) -> onMessage(message.withoutSeq());
                case AgentEvent.MalformedLine(String what) -> onMalformed(what);
                case AgentEvent.StdoutLine(String line) -> output.publish(new AgentStdout(line));
                case AgentEvent.StderrLine(String line) -> output.publish(new AgentStderr(line));
                case AgentEvent.Exited exited -> onExited(exited);
            }
        } catch (RuntimeException e) {
            // A bug in handling one message must not lose those that arrived with it.
            LOG.error("Session {} could not process its agent's output", details.id(), e);
        }
    }

    private void onMessage(Message m) {
        turn.onMessage(m);
        switch (m.type()) {
            case MessageType.STREAM_EVENT -> output.publishDelta(m);
            case MessageType.ASSISTANT -> {
                output.recordAssistant(m);
                if ("authentication_failed".equals(m.tree().path("error").asText())) {
                    // The next agent reads the login again, which may have changed by then.
                    agent.replaceBeforeNextTurn();
                }
            }
            case MessageType.SYSTEM -> onSystemMessage(m);
            case MessageType.RESULT -> onResult(m);
            case MessageType.CONTROL_REQUEST -> {
                agent.cancelIdleTimer();
                asks.open(m);
            }
            case MessageType.CONTROL_CANCEL_REQUEST -> asks.withdraw(m);
            // Oriel reports the progress of prompts itself, in the same way for all agents.
            case MessageType.COMMAND_LIFECYCLE -> turn.onLifecycle(m);
            case MessageType.USER -> {
                agent.activity().onToolResults(m);
                recordOrPublish(m);
            }
            default -> recordOrPublish(m);
        }
    }

    private void recordOrPublish(Message m) {
        if (m.isLiveOnly()) {
            output.publish(new MessageEvent(m));
        } else {
            output.record(m);
        }
    }

    private void onSystemMessage(Message m) {
        if (m.is(MessageType.SYSTEM, SystemSubtype.INIT)) {
            if (details.updateFromInit(m)) {
                output.saveOrLog();
            }
            turn.onAgentStarted();
        }
        agent.activity().onMessage(m);
        if (AgentActivity.reportsIdle(m)) {
            turn.onAgentIdle();
        }
        if (details.updatePermissionMode(m)) {
            output.markChanged();
        }
        recordOrPublish(m);
        agent.offerPlaceIfIdle();
    }

    private void onResult(Message m) {
        output.finishAnswer();
        output.record(m);
        JsonNode tree = m.tree();
        if (tree.path("total_cost_usd").isNumber()) {
            details.addCost(tree);
        }
        turn.onResult(tree);
    }

    private void onMalformed(String what) {
        LOG.warn("Session {}: {}", details.id(), what);
        output.publish(new Notice(Level.WARNING, "garbled", what));
    }

    private void onExited(AgentEvent.Exited e) {
        agent.onExited();
        turn.onAgentExited();
        output.finishAllAnswers();
        asks.withdrawAll();
        if (e.cause() == ExitCause.CONVERSATION_GONE) {
            continueWithoutMemory();
            return;
        }
        details.clearGuestSettings(); // they may be large, and the next prompt brings its own
        if (!turn.isRunning()) {
            return;
        }
        String text = ExitMessages.describe(e);
        output.record(new AgentExited(e.cause(), e.code(), text, e.stderrTail()));
        if (e.cause() == ExitCause.CRASHED) {
            turn.fail(text);
        } else {
            turn.finish();
        }
    }

    /// Continues with a new conversation after the agent has lost the old one; the user is informed
    /// that the agent no longer remembers it.
    private void continueWithoutMemory() {
        details.forgetConversation();
        output.record(
                new AgentExited(
                        ExitCause.CONVERSATION_GONE,
                        null,
                        ExitMessages.CONVERSATION_GONE,
                        List.of()));
        if (turn.canResend() && !agent.isShuttingDown()) {
            turn.awaitAgent();
        } else if (turn.isRunning()) {
            turn.finish();
        }
    }
}
