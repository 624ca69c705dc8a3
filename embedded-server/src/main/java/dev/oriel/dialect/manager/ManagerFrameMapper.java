package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.dialect.manager.ClientTurn.Trigger;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.AgentExited;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.session.event.SessionEvent.MessageEvent;
import dev.oriel.session.event.SessionEvent.Progress;
import dev.oriel.session.event.SessionEvent.PromptChanged;
import dev.oriel.session.event.SessionEvent.RequestRejected;
import dev.oriel.session.event.SessionEvent.SessionChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Converts a session's events to frames for one client: the turns of its own prompts, and what the
/// agent does by itself after them. Turns of other clients have no frames.
///
/// Confined to the session's lane, except for [#expectPrompt(UUID)], [#expectInterrupt(String)] and
/// [#isOwnTurn()].
final class ManagerFrameMapper {
    private static final String FAILED = "Error processing prompt: ";
    private static final String STOPPED = "it was stopped";

    private final UUID session;
    private final AnswerFrames answer;
    private final FailureDetector failures = new FailureDetector();

    /// Prompts of this client that have not started. Any thread.
    private final Set<UUID> waiting = ConcurrentHashMap.newKeySet();

    /// Ids of this client's interrupt requests without a response. Any thread.
    private final Set<String> interrupts = ConcurrentHashMap.newKeySet();

    /// Moved on the lane, and by this client's interrupts on any thread.
    private ClientTurn turn = new ClientTurn.None(false); // guarded by this

    private final List<UUID> abandoned = new ArrayList<>();

    ManagerFrameMapper(UUID session, ClientGeneration generation) {
        this.session = session;
        this.answer = new AnswerFrames(session, generation);
    }

    /// Must be called before this client's request to interrupt the turn.
    ///
    /// @param request id of the control request
    void expectInterrupt(String request) {
        move(new Trigger.InterruptSent());
        interrupts.add(request);
    }

    /// Must be called before a prompt of this client is sent.
    void expectPrompt(UUID prompt) {
        waiting.add(prompt);
    }

    /// Whether the last prompt that started is this client's.
    boolean isOwnTurn() {
        return turn().own();
    }

    synchronized ClientTurn turn() {
        return turn;
    }

    private synchronized void move(Trigger trigger) {
        turn = turn.on(trigger);
    }

    /// Prompts of this client that the session could not start, each returned once. They are still
    /// in its queue.
    List<UUID> drainAbandoned() {
        List<UUID> all = List.copyOf(abandoned);
        abandoned.clear();
        return all;
    }

    /// The frames for an event; none for most.
    List<ObjectNode> toFrames(SessionEvent event) {
        List<ObjectNode> out = new ArrayList<>();
        switch (event) {
            case MessageEvent(Message m) -> message(m, out);
            case PromptChanged(UUID prompt, Progress progress) -> {
                if (progress == Progress.CANCELLED && waiting.remove(prompt)) {
                    out.add(error("it was cancelled before it began"));
                }
            }
            case RequestRejected(_, String text) -> out.add(error(text));
            case ControlReply reply -> controlReply(reply, out);
            case AgentExited exited -> agentExited(exited, out);
            case SessionChanged(SessionView view, _, _) -> sessionChanged(view, out);
            default -> {
                // The system has no frame for it.
            }
        }
        return out;
    }

    private void message(Message m, List<ObjectNode> out) {
        switch (m.type()) {
            case MessageType.USER -> user(m, out);
            case MessageType.ASSISTANT -> {
                if (isOwnTurn()) {
                    addAnswer(answer.from(m.tree()), out);
                }
            }
            case MessageType.RESULT -> result(m, out);
            case MessageType.SYSTEM -> {
                if (m.is(MessageType.SYSTEM, SystemSubtype.INIT)
                        && turn() instanceof ClientTurn.None) {
                    start(new Trigger.AgentStarted(), out);
                }
            }
            default -> {
                // Deltas and other signs of progress: the system has no frame for them.
            }
        }
    }

    /// A prompt, or a message of the agent in the user's role (tool results, markers). The latter
    /// has the agent's session id.
    private void user(Message m, List<ObjectNode> out) {
        String uuid = m.uuid();
        if (m.agentSessionId() != null) {
            if (isOwnTurn()) {
                out.addAll(answer.fromToolResults(m.tree()));
            }
        } else if (uuid != null) {
            boolean own = waiting.remove(UUID.fromString(uuid));
            start(new Trigger.PromptStarted(own), out);
        }
    }

    private void start(Trigger trigger, List<ObjectNode> out) {
        move(trigger);
        answer.start();
        if (isOwnTurn()) {
            out.add(ManagerFrames.thinking(session, true));
        }
    }

    private void addAnswer(List<ObjectNode> frames, List<ObjectNode> out) {
        if (!frames.isEmpty()) {
            endThinking(out);
            out.addAll(frames);
        }
    }

    private void endThinking(List<ObjectNode> out) {
        if (turn() instanceof ClientTurn.Running running && running.thinking()) {
            move(new Trigger.ThinkingEnded());
            out.add(ManagerFrames.thinking(session, false));
        }
    }

    private void result(Message m, List<ObjectNode> out) {
        boolean ofAgent = "task-notification".equals(m.tree().path("origin").path("kind").asText());
        if (!(turn() instanceof ClientTurn.Running running) || (running.prompted() && ofAgent)) {
            return;
        }
        if (running.own()) {
            String failure = failure(m.tree());
            // Commands such as /cost have their answer in the result alone.
            if (!answer.hasText() && failure.isEmpty()) {
                addAnswer(answer.from(m.tree().path("result").asText("")), out);
            }
            endThinking(out);
            if (!failure.isEmpty() && !(running.interrupted() && failure.equals(STOPPED))) {
                out.add(error(failure));
            }
            out.add(answer.endFrame(m.tree()));
        }
        move(new Trigger.TurnEnded());
    }

    /// Why a turn ended early, for the user; empty if it did not. Failures of the API are not among
    /// them: the CLI reports them as text.
    private static String failure(JsonNode result) {
        String subtype = result.path("subtype").asText();
        if (!subtype.startsWith("error")) {
            return "";
        }
        if (result.path("terminal_reason").asText().startsWith("aborted")) {
            return STOPPED;
        }
        JsonNode first = result.path("errors").path(0);
        return first.isTextual() ? first.textValue() : subtype;
    }

    private void controlReply(ControlReply reply, List<ObjectNode> out) {
        String request = reply.requestId();
        if (request == null || !interrupts.remove(request)) {
            return;
        }
        out.add(
                reply.error()
                        .map(error ->
                                ManagerFrames.error(
                                        "Failed to interrupt session: " + error, session))
                        .orElseGet(() -> ManagerFrames.sessionInterrupted(session)));
    }

    private void agentExited(AgentExited exited, List<ObjectNode> out) {
        // After a lost conversation the turn continues in a new one.
        if (turn() instanceof ClientTurn.Running running
                && exited.cause() != ExitCause.CONVERSATION_GONE) {
            failures.onExitReported();
            fail(exited.text(), running.own(), out);
        }
    }

    /// If a session fails without a turn, it could not start the next prompt.
    private void sessionChanged(SessionView view, List<ObjectNode> out) {
        if (!failures.isNewFailure(view)) {
            return;
        }
        boolean concerned =
                switch (turn()) {
                    case ClientTurn.Running running -> running.own();
                    case ClientTurn.None _ -> !waiting.isEmpty();
                };
        if (turn() instanceof ClientTurn.None) {
            abandoned.addAll(waiting);
            abandoned.forEach(waiting::remove);
        }
        String error = view.record().error();
        fail(error == null ? "the session failed" : error, concerned, out);
    }

    private void fail(String why, boolean concerned, List<ObjectNode> out) {
        if (concerned) {
            endThinking(out);
            out.add(error(why));
        }
        move(new Trigger.TurnEnded());
    }

    private ObjectNode error(String why) {
        return ManagerFrames.error(FAILED + why, session);
    }

    /// Recognizes new failures of the session. Session objects repeat a failure, and a failure can
    /// repeat an exit of the agent that the client has received.
    private static final class FailureDetector {
        /// Time and error of the last change; null before the first one.
        private @Nullable String lastChange;

        private boolean exitReported;

        void onExitReported() {
            exitReported = true;
        }

        boolean isNewFailure(SessionView view) {
            String error = view.record().error();
            String change = view.record().updatedAt() + " " + (error == null ? "" : error);
            boolean isNew = lastChange != null && !lastChange.equals(change) && !exitReported;
            lastChange = change;
            exitReported = false;
            return isNew && view.state() instanceof SessionState.Failed;
        }
    }
}
