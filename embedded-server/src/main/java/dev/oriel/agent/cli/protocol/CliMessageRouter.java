package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentEvent.Exited;
import dev.oriel.agent.AgentEvent.MalformedLine;
import dev.oriel.agent.AgentEvent.Output;
import dev.oriel.agent.AgentEvent.StderrLine;
import dev.oriel.agent.AgentEvent.StdoutLine;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.cli.process.CliProcess;
import dev.oriel.agent.cli.process.CliProcessLoop;
import dev.oriel.agent.cli.process.ExitReasonTracker;
import dev.oriel.agent.cli.process.LineReader;
import dev.oriel.agent.cli.process.StdinWriter;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SurrogateEscapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes each line that the CLI writes: responses and requests to their handlers, all other
/// messages to the session. The hot path is a delta, which is parsed and passed on.
///
/// On the thread that reads standard output, except where noted. The listener is called with one
/// event or batch at a time; a thread that comes second waits. Nothing follows [Exited].
final class CliMessageRouter implements CliProcessLoop.OutputListener {
    /// Bytes of a malformed line that are passed on.
    private static final int MAX_MALFORMED_LINE = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(CliMessageRouter.class);

    private final AgentListener listener;
    private final StdinWriter stdin;
    private final PendingControlRequests requests;
    private final PendingCliAsks asks;
    private final CliTools tools;
    private final ForwardedRequests clientRequests;
    private final CliTurnTracker turn;
    private final ExitReasonTracker exitReason;
    private final CompletableFuture<Void> exited = new CompletableFuture<>();
    private final ReentrantLock delivery = new ReentrantLock(); // held while the listener is called
    private boolean ended; // guarded by delivery
    private CliCapabilities capabilities = CliCapabilities.UNKNOWN; // the reading thread only
    private boolean malformed; // the reading thread only: the line before was malformed, too
    private List<AgentEvent> batch = new ArrayList<>(); // the reading thread only

    CliMessageRouter(
            AgentListener listener,
            StdinWriter stdin,
            PendingControlRequests requests,
            PendingCliAsks asks,
            CliTools tools,
            ForwardedRequests clientRequests,
            CliTurnTracker turn,
            ExitReasonTracker exitReason) {
        this.listener = listener;
        this.stdin = stdin;
        this.requests = requests;
        this.asks = asks;
        this.tools = tools;
        this.clientRequests = clientRequests;
        this.turn = turn;
        this.exitReason = exitReason;
    }

    /// Completes after [Exited] has been passed on.
    CompletableFuture<Void> exited() {
        return exited;
    }

    @Override
    public void onLine(byte[] line) {
        Message message;
        try {
            message = parse(line);
        } catch (MalformedMessageException e) {
            onMalformed(line);
            return;
        }
        malformed = false;
        if (message.is(MessageType.RESULT) && exitReason.isConversationMissing(message.tree())) {
            return;
        }
        if (exitReason.onOutput()) {
            stdin.discardReplay();
        }
        switch (message.type()) {
            case "control_response" -> requests.onResponse(message);
            case "control_request" -> onRequest(message);
            case "control_cancel_request" -> {
                asks.remove(message.requestId());
                clientRequests.cancel(message.requestId());
                passOn(message);
            }
            case "system" -> {
                if ("init".equals(message.subtype())) {
                    turn.start();
                    onInit(message);
                }
                passOn(message);
            }
            case "result" -> {
                // Before it is passed on: the session may then send the next prompt at once.
                JsonNode origin = message.tree().path("origin");
                turn.finish("task-notification".equals(origin.path("kind").asText()));
                if (!turn.isRunning()) {
                    tools.onIdle();
                }
                passOn(message);
            }
            default -> passOn(message);
        }
    }

    private static Message parse(byte[] line) throws MalformedMessageException {
        try {
            return Message.parse(line);
        } catch (MalformedMessageException e) {
            byte[] replaced = SurrogateEscapes.replace(line);
            if (Arrays.equals(replaced, line)) {
                throw e;
            }
            return Message.parse(replaced);
        }
    }

    private void onMalformed(byte[] line) {
        reportMalformed("The agent wrote a line that is not a message. It was ignored.");
        String text =
                new String(
                        line, 0, Math.min(line.length, MAX_MALFORMED_LINE), StandardCharsets.UTF_8);
        byte[] response = ControlResponses.unreadable(text);
        if (response != null) {
            stdin.send(response);
        }
        batch.add(new StdoutLine(text));
    }

    @Override
    public void onLineTooLong() {
        reportMalformed(
                "The agent wrote a line of more than "
                        + (LineReader.maxLineBytes() >> 20)
                        + " MiB. It was ignored.");
    }

    /// A program that prints garbage prints much of it: one report per run of malformed lines is
    /// enough.
    private void reportMalformed(String what) {
        if (!malformed) {
            malformed = true;
            batch.add(new MalformedLine(what));
        }
    }

    @Override
    public void onBatchEnd() {
        if (!batch.isEmpty()) {
            List<AgentEvent> events = batch;
            batch = new ArrayList<>();
            deliver(events);
        }
    }

    /// Any thread.
    private void deliver(List<AgentEvent> events) {
        delivery.lock();
        try {
            if (!ended) {
                listener.onEvents(events);
            }
        } finally {
            delivery.unlock();
        }
    }

    /// Any thread.
    @Override
    public void onStderr(List<String> lines) {
        deliver(lines.stream().<AgentEvent>map(StderrLine::new).toList());
    }

    /// A request that no handler knows gets an error, and never a reply in the name of the user.
    private void onRequest(Message request) {
        switch (request.subtype()) {
            case "can_use_tool", "elicitation" -> {
                asks.add(request);
                passOn(request);
            }
            case "mcp_message" -> {
                if (tools.isForTools(request)) {
                    tools.receive(request);
                } else {
                    clientRequests.forward(request);
                }
            }
            case "hook_callback", "request_user_dialog" -> clientRequests.forward(request);
            case null, default -> stdin.send(ControlResponses.unsupported(request));
        }
    }

    private void onInit(Message init) {
        CliCapabilities now = capabilities.withReported(init.tree());
        if (!now.equals(capabilities)) {
            capabilities = now;
            tools.onCapabilities(now);
            LOG.debug("claude {} with {}", now.version(), now.capabilities());
        }
    }

    private void passOn(Message message) {
        batch.add(new Output(message));
    }

    /// On a thread of the loop.
    @Override
    public void onExited(CliProcess process, int code, List<String> stderr) {
        if (turn.isRunning()) {
            process.killOrphans(turn.startedAt());
        }
        requests.failAll();
        tools.close();
        clientRequests.cancelAll();
        var event = new Exited(code, exitReason.cause(turn.isRunning(), stderr), stderr);
        delivery.lock();
        try {
            ended = true;
            listener.onEvent(event);
        } finally {
            delivery.unlock();
            exited.complete(null);
        }
    }
}
