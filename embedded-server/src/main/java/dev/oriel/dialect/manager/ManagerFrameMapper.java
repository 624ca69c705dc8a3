package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.message.Message;
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

/// What the messages of a session are for one client: the turns of its own prompts, and what the
/// agent does by itself after them. Turns of others (another socket, the window) are theirs alone.
///
/// On the session's lane, but for [#expectPrompt(UUID)] and [#expectInterrupt(String)].
final class ManagerFrameMapper {
    private static final String FAILED = "Error processing prompt: ";
    private static final String STOPPED = "it was stopped";

    private final UUID session;
    private final Set<UUID> waiting = ConcurrentHashMap.newKeySet();
    private Turn turn = Turn.NONE;
    private volatile boolean mine;
    private boolean thinking;
    private final AnswerFrames answer;
    private final Set<String> interrupts = ConcurrentHashMap.newKeySet();
    private volatile boolean interrupted;
    private final List<UUID> abandoned = new ArrayList<>();

    /// When the session moved last, and why it failed if it did; null before it is known.
    private @Nullable String stood;

    /// Whether an end of the agent was told that the session's own state will tell once more.
    private boolean explained;

    private enum Turn {
        NONE,
        /// It answers a prompt.
        PROMPTED,
        /// The agent began by itself.
        UNASKED
    }

    ManagerFrameMapper(UUID session, ClientGeneration generation) {
        this.session = session;
        this.answer = new AnswerFrames(session, generation);
    }

    /// This client has asked to stop the turn that runs.
    ///
    /// @param request id of the control request, to which an answer will come
    void expectInterrupt(String request) {
        interrupted = true;
        interrupts.add(request);
    }

    /// A prompt of this client is on its way.
    void expectPrompt(UUID prompt) {
        waiting.add(prompt);
    }

    /// Whether the last prompt that began was this client's.
    boolean isOwnTurn() {
        return mine;
    }

    /// Prompts of this client that the session could not begin, each told once. They still wait in
    /// its queue.
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
                if (progress == Progress.CANCELLED) {
                    cancelled(prompt, out);
                }
            }
            case RequestRejected(_, String text) ->
                    out.add(ManagerFrames.error(FAILED + text, session));
            case ControlReply reply -> interrupted(reply, out);
            case AgentExited exited -> exited(exited, out);
            case SessionChanged(SessionView view, _) -> moved(view, out);
            default -> {
                // The system has no frame for it.
            }
        }
        return out;
    }

    private void message(Message m, List<ObjectNode> out) {
        switch (m.type()) {
            case "user" -> user(m, out);
            case "assistant" -> assistant(m, out);
            case "result" -> result(m, out);
            case "system" -> {
                if (m.is("system", "init") && turn == Turn.NONE) {
                    begin(Turn.UNASKED, out);
                }
            }
            default -> {
                // Deltas and other signs of progress: the system has no frame for them.
            }
        }
    }

    private void user(Message m, List<ObjectNode> out) {
        // What the agent says in the user's place (tool results, markers) carries its session id.
        String uuid = m.uuid();
        if (m.agentSessionId() != null) {
            if (mine) {
                out.addAll(answer.fromToolResults(m.tree()));
            }
            return;
        }
        if (uuid == null) {
            return;
        }
        mine = waiting.remove(UUID.fromString(uuid));
        begin(Turn.PROMPTED, out);
    }

    private void begin(Turn how, List<ObjectNode> out) {
        turn = how;
        answer.start();
        interrupted = false;
        thinking = mine;
        if (mine) {
            out.add(ManagerFrames.thinking(session, true));
        }
    }

    private void assistant(Message m, List<ObjectNode> out) {
        if (!mine) {
            return;
        }
        told(answer.from(m.tree()), out);
    }

    private void told(List<ObjectNode> frames, List<ObjectNode> out) {
        if (!frames.isEmpty()) {
            thoughtOver(out);
            out.addAll(frames);
        }
    }

    private void thoughtOver(List<ObjectNode> out) {
        if (thinking) {
            thinking = false;
            out.add(ManagerFrames.thinking(session, false));
        }
    }

    private void result(Message m, List<ObjectNode> out) {
        boolean unasked = "task-notification".equals(m.tree().path("origin").path("kind").asText());
        if (turn == Turn.NONE || (turn == Turn.PROMPTED && unasked)) {
            return;
        }
        turn = Turn.NONE;
        if (!mine) {
            return;
        }
        String failure = failure(m.tree());
        // Commands such as /cost answer in the result alone.
        String rest = m.tree().path("result").asText("");
        if (!answer.hasText() && failure.isEmpty()) {
            told(answer.from(rest), out);
        }
        thoughtOver(out);
        if (!failure.isEmpty() && !(interrupted && failure.equals(STOPPED))) {
            out.add(ManagerFrames.error(FAILED + failure, session));
        }
        out.add(answer.endFrame(m.tree()));
    }

    /// Why a turn ended before its end, for a person; empty if it did not. What the API refused is
    /// not among it: the CLI says that as text.
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

    private void interrupted(ControlReply reply, List<ObjectNode> out) {
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

    private void cancelled(UUID prompt, List<ObjectNode> out) {
        if (waiting.remove(prompt)) {
            out.add(ManagerFrames.error(FAILED + "it was cancelled before it began", session));
        }
    }

    private void exited(AgentExited exited, List<ObjectNode> out) {
        boolean goesOn = exited.cause() == ExitCause.CONVERSATION_GONE;
        if (turn != Turn.NONE && !goesOn) {
            explained = true;
            broke(exited.text(), out, mine);
        }
    }

    /// A session that fails outside of a turn could not begin the prompt that was next.
    private void moved(SessionView view, List<ObjectNode> out) {
        String error = view.record().error();
        String stands = view.record().updatedAt() + " " + (error == null ? "" : error);
        boolean fresh = stood != null && !stood.equals(stands);
        boolean known = explained;
        stood = stands;
        explained = false;
        if (!fresh || known || !(view.state() instanceof SessionState.Failed)) {
            return;
        }
        boolean concerned = turn == Turn.NONE ? !waiting.isEmpty() : mine;
        if (turn == Turn.NONE) {
            abandoned.addAll(waiting);
            abandoned.forEach(waiting::remove);
        }
        broke(error == null ? "the session failed" : error, out, concerned);
    }

    private void broke(String why, List<ObjectNode> out, boolean concerned) {
        turn = Turn.NONE;
        if (concerned) {
            thoughtOver(out);
            out.add(ManagerFrames.error(FAILED + why, session));
        }
    }
}
