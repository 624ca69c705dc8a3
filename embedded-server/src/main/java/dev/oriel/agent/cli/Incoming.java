package dev.oriel.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.Garbled;
import dev.oriel.agent.AgentEvent.Said;
import dev.oriel.agent.AgentEvent.Stray;
import dev.oriel.agent.AgentListener;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.SurrogateEscapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of each line that the CLI writes. On the reading thread; the hot path is a delta:
/// parsed, handed on.
final class Incoming implements LineReader.Lines {
    /// Bytes; nobody reads more of what is no message.
    private static final int LONGEST_STRAY = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

    private final AgentListener listener;
    private final Outbox outbox;
    private final ControlCalls calls;
    private final OpenAsks asks;
    private final CliTools tools;
    private final ClientCalls clients;
    private final Turn turn;
    private final Fate fate;
    private CliTraits traits = CliTraits.UNKNOWN;
    private boolean garbled;
    private List<AgentEvent> ready = new ArrayList<>();

    Incoming(
            AgentListener listener,
            Outbox outbox,
            ControlCalls calls,
            OpenAsks asks,
            CliTools tools,
            ClientCalls clients,
            Turn turn,
            Fate fate) {
        this.listener = listener;
        this.outbox = outbox;
        this.calls = calls;
        this.asks = asks;
        this.tools = tools;
        this.clients = clients;
        this.turn = turn;
        this.fate = fate;
    }

    @Override
    public void line(byte[] line) {
        Message message;
        try {
            message = parsed(line);
        } catch (MalformedMessageException e) {
            garbled("The agent wrote something that is no message. It was left out.");
            String stray = text(line);
            byte[] answer = StandingAnswers.unreadable(stray);
            if (answer != null) {
                outbox.send(answer);
            }
            ready.add(new Stray(stray));
            return;
        }
        garbled = false;
        if (message.is("result") && !fate.spoke() && fate.foundNoConversation(message.tree())) {
            return;
        }
        if (!fate.spoke()) {
            fate.speaks();
            outbox.heard();
        }
        switch (message.type()) {
            case "control_response" -> calls.settle(message);
            case "control_request" -> request(message);
            case "control_cancel_request" -> {
                asks.forget(message.requestId());
                clients.forget(message.requestId());
                say(message);
            }
            case "system" -> {
                if ("init".equals(message.subtype())) {
                    turn.begin();
                    learn(message);
                }
                say(message);
            }
            case "result" -> {
                // Before it is handed on: the listener may then send the next prompt at once.
                JsonNode origin = message.tree().path("origin");
                turn.end("task-notification".equals(origin.path("kind").asText()));
                if (!turn.isRunning()) {
                    tools.idle();
                }
                say(message);
            }
            default -> say(message);
        }
    }

    private static Message parsed(byte[] line) throws MalformedMessageException {
        try {
            return Message.parse(line);
        } catch (MalformedMessageException e) {
            byte[] whole = SurrogateEscapes.replaced(line);
            if (Arrays.equals(whole, line)) {
                throw e;
            }
            return Message.parse(whole);
        }
    }

    @Override
    public void tooLong() {
        garbled(
                "The agent wrote a line of more than "
                        + (LineReader.longest() >> 20)
                        + " MiB. It was left out.");
    }

    @Override
    public void caughtUp() {
        if (!ready.isEmpty()) {
            List<AgentEvent> events = ready;
            ready = new ArrayList<>();
            listener.on(events);
        }
    }

    /// Each request goes to who can answer it. What nobody can is an error to the CLI, and never an
    /// answer in the name of a person.
    private void request(Message request) {
        switch (request.subtype()) {
            case "can_use_tool", "elicitation" -> {
                asks.remember(request);
                say(request);
            }
            case "mcp_message" -> {
                if (tools.runs(request)) {
                    tools.take(request);
                } else {
                    clients.take(request);
                }
            }
            case "hook_callback", "request_user_dialog" -> clients.take(request);
            case null, default -> outbox.send(StandingAnswers.unsupported(request));
        }
    }

    private void learn(Message init) {
        CliTraits now = traits.and(init.tree());
        if (!now.equals(traits)) {
            traits = now;
            tools.learn(now);
            LOG.debug("claude {} with {}", now.version(), now.capabilities());
        }
    }

    private void say(Message message) {
        ready.add(new Said(message));
    }

    private static String text(byte[] line) {
        return new String(line, 0, Math.min(line.length, LONGEST_STRAY), StandardCharsets.UTF_8);
    }

    /// A program that prints garbage prints much of it: one report per run of it is enough.
    private void garbled(String what) {
        if (!garbled) {
            garbled = true;
            ready.add(new Garbled(what));
        }
    }
}
