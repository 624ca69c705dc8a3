package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent.Exited;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.cli.install.CliTimeouts;
import dev.oriel.agent.cli.process.CliProcessLoop;
import dev.oriel.agent.cli.process.ExitReasonTracker;
import dev.oriel.agent.cli.process.ProcessEscalation;
import dev.oriel.agent.cli.process.StdinQueue;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One agent: one CLI process, and what is said to it.
///
/// Events come on the thread that reads its standard output, and a listener that blocks makes the
/// CLI wait at its full pipe. Futures are completed on that thread too, or on a timer's.
public final class CliAgent implements Agent {
    /// How long a confirmation is waited for that escalation does not hurry; the process has ended
    /// or answered by then.
    private static final Duration LONG = Duration.ofSeconds(60);

    private final CliProcessLoop life;
    private final StdinQueue outbox;
    private final PendingControlRequests calls;
    private final CliTools tools;
    private final ForwardedRequests clients;
    private final PendingCliAsks asks = new PendingCliAsks();
    private final CliTurnTracker turn = new CliTurnTracker();
    private final ExitReasonTracker fate = new ExitReasonTracker();
    private final ProcessEscalation escalation;
    private final CompletableFuture<ObjectNode> initialized;

    private CliAgent(
            CliProcessLoop life,
            ObjectNode introduction,
            ToolHost host,
            ClientRequestHandler clientHost,
            ScheduledExecutorService clock,
            CliTimeouts times) {
        this.life = life;
        this.outbox = new StdinQueue(life);
        this.calls = new PendingControlRequests(clock, outbox::send);
        this.escalation = new ProcessEscalation(clock, times, life);
        this.tools = new CliTools(host, calls, outbox);
        this.clients = new ForwardedRequests(clientHost, outbox::send);
        tools.addTo(introduction);
        // At once: the CLI answers before the first turn, and a client may ask for it at any time.
        this.initialized = calls.send(introduction, LONG);
    }

    /// @param introduction the `initialize` request, to which what belongs to the agent is added
    /// @param host the session's tools
    /// @param clients who answers what the session's clients have declared
    /// @param gone run once, after [Exited] has been handed over
    public static CliAgent start(
            CliProcessLoop life,
            ObjectNode introduction,
            ToolHost host,
            ClientRequestHandler clients,
            AgentListener listener,
            ScheduledExecutorService clock,
            CliTimeouts times,
            Consumer<CliAgent> gone) {
        CliAgent agent = new CliAgent(life, introduction, host, clients, clock, times);
        CliMessageRouter incoming =
                new CliMessageRouter(
                        listener,
                        agent.outbox,
                        agent.calls,
                        agent.asks,
                        agent.tools,
                        agent.clients,
                        agent.turn,
                        agent.fate);
        agent.initialized.thenAccept(answer ->
                agent.tools.onCapabilities(
                        CliCapabilities.UNKNOWN.withReported(answer.path("response"))));
        life.startReading(
                incoming,
                agent.fate,
                agent.outbox,
                (code, words) -> agent.end(listener, gone, code, words));
        return agent;
    }

    private void end(
            AgentListener listener, Consumer<CliAgent> gone, int code, List<String> words) {
        if (turn.isRunning()) {
            life.killOrphans(turn.startedAt());
        }
        calls.failAll();
        tools.close();
        clients.cancelAll();
        try {
            listener.onEvent(new Exited(code, fate.cause(turn.isRunning(), words), words));
        } finally {
            gone.accept(this);
        }
    }

    @Override
    public void sendPrompt(Message user) {
        byte[] line = StdinQueue.encodePrompt(user);
        turn.onPrompt();
        outbox.sendPrompt(line);
    }

    /// What the CLI does with it stands in its own hands: it may wait for the end of a tool, or of
    /// the turn.
    @Override
    public void sendMidTurnPrompt(Message user) {
        outbox.sendPrompt(StdinQueue.encodePrompt(user));
    }

    @Override
    public CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline) {
        return switch (request.path("subtype").asText("")) {
            case "" -> throw new IllegalArgumentException("a control request has a subtype");
            // Answered from the first time: a second one would only disturb what the first has set
            // up.
            case "initialize" ->
                    initialized.copy().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
            case "interrupt" -> interrupt(request, deadline);
            case "mcp_set_servers" -> calls.send(tools.withOwnServer(request), deadline);
            default -> calls.send(request, deadline);
        };
    }

    @Override
    public void reply(Message response) {
        asks.complete(response).ifPresent(outbox::send);
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        return interrupt(Json.object().put("subtype", "interrupt"), LONG).thenAccept(receipt -> {});
    }

    private CompletableFuture<ObjectNode> interrupt(ObjectNode request, Duration deadline) {
        if (turn.isRunning()) {
            long ended = turn.finishedTurns();
            escalation.startAfterInterrupt(
                    () -> turn.isRunning() && turn.finishedTurns() == ended, fate::force);
        }
        return calls.send(request, deadline);
    }

    @Override
    public void onToolsChanged() {
        tools.onToolsChanged(turn.isRunning());
    }

    @Override
    public void close() {
        fate.ask();
        if (turn.isRunning()) {
            calls.send(Json.object().put("subtype", "interrupt"), LONG);
        }
        escalation.start();
    }

    /// Ends it at once, with all that it has started: for the end of the whole program.
    public void kill() {
        fate.ask();
        life.kill();
    }
}
