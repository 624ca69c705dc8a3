package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.MalformedLine;
import dev.oriel.agent.AgentEvent.Output;
import dev.oriel.agent.AgentEvent.StdoutLine;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.cli.process.ExitReasonTracker;
import dev.oriel.agent.cli.process.LineReader;
import dev.oriel.agent.cli.process.StdinQueue;
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
final class CliMessageRouter implements LineReader.LineListener {
    /// Bytes; nobody reads more of what is no message.
    private static final int LONGEST_STRAY = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(CliMessageRouter.class);

    private final AgentListener listener;
    private final StdinQueue outbox;
    private final PendingControlRequests calls;
    private final PendingCliAsks asks;
    private final CliTools tools;
    private final ForwardedRequests clients;
    private final CliTurnTracker turn;
    private final ExitReasonTracker fate;
    private CliCapabilities traits = CliCapabilities.UNKNOWN;
    private boolean garbled;
    private List<AgentEvent> ready = new ArrayList<>();

    CliMessageRouter(
            AgentListener listener,
            StdinQueue outbox,
            PendingControlRequests calls,
            PendingCliAsks asks,
            CliTools tools,
            ForwardedRequests clients,
            CliTurnTracker turn,
            ExitReasonTracker fate) {
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
    public void onLine(byte[] line) {
        Message message;
        try {
            message = parsed(line);
        } catch (MalformedMessageException e) {
            garbled("The agent wrote something that is no message. It was left out.");
            String stray = text(line);
            byte[] answer = ControlResponses.unreadable(stray);
            if (answer != null) {
                outbox.send(answer);
            }
            ready.add(new StdoutLine(stray));
            return;
        }
        garbled = false;
        if (message.is("result") && !fate.spoke() && fate.foundNoConversation(message.tree())) {
            return;
        }
        if (!fate.spoke()) {
            fate.speaks();
            outbox.discardReplay();
        }
        switch (message.type()) {
            case "control_response" -> calls.onResponse(message);
            case "control_request" -> request(message);
            case "control_cancel_request" -> {
                asks.remove(message.requestId());
                clients.cancel(message.requestId());
                say(message);
            }
            case "system" -> {
                if ("init".equals(message.subtype())) {
                    turn.start();
                    learn(message);
                }
                say(message);
            }
            case "result" -> {
                // Before it is handed on: the listener may then send the next prompt at once.
                JsonNode origin = message.tree().path("origin");
                turn.finish("task-notification".equals(origin.path("kind").asText()));
                if (!turn.isRunning()) {
                    tools.onIdle();
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
            byte[] whole = SurrogateEscapes.replace(line);
            if (Arrays.equals(whole, line)) {
                throw e;
            }
            return Message.parse(whole);
        }
    }

    @Override
    public void onLineTooLong() {
        garbled(
                "The agent wrote a line of more than "
                        + (LineReader.maxLineBytes() >> 20)
                        + " MiB. It was left out.");
    }

    @Override
    public void onBatchEnd() {
        if (!ready.isEmpty()) {
            List<AgentEvent> events = ready;
            ready = new ArrayList<>();
            listener.onEvent(events);
        }
    }

    /// Each request goes to who can answer it. What nobody can is an error to the CLI, and never an
    /// answer in the name of a person.
    private void request(Message request) {
        switch (request.subtype()) {
            case "can_use_tool", "elicitation" -> {
                asks.add(request);
                say(request);
            }
            case "mcp_message" -> {
                if (tools.isForTools(request)) {
                    tools.receive(request);
                } else {
                    clients.forward(request);
                }
            }
            case "hook_callback", "request_user_dialog" -> clients.forward(request);
            case null, default -> outbox.send(ControlResponses.unsupported(request));
        }
    }

    private void learn(Message init) {
        CliCapabilities now = traits.withReported(init.tree());
        if (!now.equals(traits)) {
            traits = now;
            tools.onCapabilities(now);
            LOG.debug("claude {} with {}", now.version(), now.capabilities());
        }
    }

    private void say(Message message) {
        ready.add(new Output(message));
    }

    private static String text(byte[] line) {
        return new String(line, 0, Math.min(line.length, LONGEST_STRAY), StandardCharsets.UTF_8);
    }

    /// A program that prints garbage prints much of it: one report per run of it is enough.
    private void garbled(String what) {
        if (!garbled) {
            garbled = true;
            ready.add(new MalformedLine(what));
        }
    }
}
