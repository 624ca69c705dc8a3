package dev.oriel.dialect.manager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Message;
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

    /// The frames that a message is; none for most.
    List<ObjectNode> toFrames(Message m) {
        List<ObjectNode> out = new ArrayList<>();
        switch (m.type()) {
            case "user" -> user(m, out);
            case "assistant" -> assistant(m, out);
            case "result" -> result(m, out);
            case "command_lifecycle" -> lifecycle(m, out);
            case "error" -> refused(m, out);
            case "control_response" -> interrupted(m.tree().path("response"), out);
            case "system" -> system(m, out);
            default -> {
                // Deltas, signs of life: the system has no frame for them.
            }
        }
        return out;
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

    /// The session could not take a prompt of this client.
    private void refused(Message m, List<ObjectNode> out) {
        String why = m.tree().path("error").path("message").asText();
        out.add(ManagerFrames.error(FAILED + why, session));
    }

    private void interrupted(JsonNode response, List<ObjectNode> out) {
        if (!interrupts.remove(response.path("request_id").asText())) {
            return;
        }
        out.add(
                "success".equals(response.path("subtype").asText())
                        ? ManagerFrames.sessionInterrupted(session)
                        : ManagerFrames.error(
                                "Failed to interrupt session: " + reason(response.path("error")),
                                session));
    }

    private static String reason(JsonNode error) {
        return error.isTextual() ? error.textValue() : error.path("message").asText("no reason");
    }

    private void lifecycle(Message m, List<ObjectNode> out) {
        if (!"cancelled".equals(m.tree().path("state").asText())) {
            return;
        }
        String prompt = m.tree().path("command_uuid").asText();
        if (waiting.removeIf(u -> u.toString().equals(prompt))) {
            out.add(ManagerFrames.error(FAILED + "it was cancelled before it began", session));
        }
    }

    private void system(Message m, List<ObjectNode> out) {
        switch (m.subtype()) {
            case "init" -> {
                if (turn == Turn.NONE) {
                    begin(Turn.UNASKED, out);
                }
            }
            case "oriel_agent_exited" -> exited(m, out);
            case "oriel_session" -> moved(m.tree().path("session"), out);
            case null, default -> {
                // No frame.
            }
        }
    }

    private void exited(Message m, List<ObjectNode> out) {
        boolean goesOn = "conversation_gone".equals(m.tree().path("cause").asText());
        if (turn != Turn.NONE && !goesOn) {
            explained = true;
            broke(m.tree().path("text").asText(), out, mine);
        }
    }

    /// A session that fails outside of a turn could not begin the prompt that was next.
    private void moved(JsonNode session, List<ObjectNode> out) {
        String stands =
                session.path("updated_at").asText() + " " + session.path("error").asText("");
        boolean fresh = stood != null && !stood.equals(stands);
        boolean known = explained;
        stood = stands;
        explained = false;
        if (!fresh || known || !"failed".equals(session.path("state").asText())) {
            return;
        }
        boolean concerned = turn == Turn.NONE ? !waiting.isEmpty() : mine;
        if (turn == Turn.NONE) {
            abandoned.addAll(waiting);
            abandoned.forEach(waiting::remove);
        }
        broke(session.path("error").asText("the session failed"), out, concerned);
    }

    private void broke(String why, List<ObjectNode> out, boolean concerned) {
        turn = Turn.NONE;
        if (concerned) {
            thoughtOver(out);
            out.add(ManagerFrames.error(FAILED + why, session));
        }
    }
}
