package dev.oriel.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent.Exited;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.ClientHost;
import dev.oriel.agent.ToolHost;
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
final class CliAgent implements Agent {
    /// How long a confirmation is waited for that escalation does not hurry; the process has ended
    /// or answered by then.
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Lifeline life;
    private final Outbox outbox;
    private final ControlCalls calls;
    private final CliTools tools;
    private final ClientCalls clients;
    private final OpenAsks asks = new OpenAsks();
    private final Turn turn = new Turn();
    private final Fate fate = new Fate();
    private final Escalation escalation;
    private final CompletableFuture<ObjectNode> initialized;

    private CliAgent(
            Lifeline life,
            ObjectNode introduction,
            ToolHost host,
            ClientHost clientHost,
            ScheduledExecutorService clock,
            CliTimes times) {
        this.life = life;
        this.outbox = new Outbox(life);
        this.calls = new ControlCalls(clock, outbox::send);
        this.escalation = new Escalation(clock, times, life);
        this.tools = new CliTools(host, calls, outbox);
        this.clients = new ClientCalls(clientHost, outbox::send);
        tools.introduce(introduction);
        // At once: the CLI answers before the first turn, and a client may ask for it at any time.
        this.initialized = calls.send(introduction, LONG);
    }

    /// @param introduction the `initialize` request, to which what belongs to the agent is added
    /// @param host the session's tools
    /// @param clients who answers what the session's clients have declared
    /// @param gone run once, after [Exited] has been handed over
    static CliAgent start(
            Lifeline life,
            ObjectNode introduction,
            ToolHost host,
            ClientHost clients,
            AgentListener listener,
            ScheduledExecutorService clock,
            CliTimes times,
            Consumer<CliAgent> gone) {
        CliAgent agent = new CliAgent(life, introduction, host, clients, clock, times);
        Incoming incoming =
                new Incoming(
                        listener,
                        agent.outbox,
                        agent.calls,
                        agent.asks,
                        agent.tools,
                        agent.clients,
                        agent.turn,
                        agent.fate);
        agent.initialized.thenAccept(
                answer -> agent.tools.learn(CliTraits.UNKNOWN.and(answer.path("response"))));
        life.listen(
                incoming,
                agent.fate,
                agent.outbox,
                (code, words) -> agent.end(listener, gone, code, words));
        return agent;
    }

    private void end(
            AgentListener listener, Consumer<CliAgent> gone, int code, List<String> words) {
        if (turn.isRunning()) {
            life.killOrphans(turn.begun());
        }
        calls.abandon();
        tools.end();
        clients.end();
        try {
            listener.on(new Exited(code, fate.cause(turn.isRunning(), words), words));
        } finally {
            gone.accept(this);
        }
    }

    @Override
    public void prompt(Message user) {
        byte[] line = Outbox.promptLine(user);
        turn.prompt();
        outbox.prompt(line);
    }

    /// What the CLI does with it stands in its own hands: it may wait for the end of a tool, or of
    /// the turn.
    @Override
    public void interject(Message user) {
        outbox.prompt(Outbox.promptLine(user));
    }

    @Override
    public CompletableFuture<ObjectNode> control(ObjectNode request, Duration deadline) {
        return switch (request.path("subtype").asText("")) {
            case "" -> throw new IllegalArgumentException("a control request has a subtype");
            // Answered from the first time: a second one would only disturb what the first has set
            // up.
            case "initialize" ->
                    initialized.copy().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
            case "interrupt" -> interrupt(request, deadline);
            case "mcp_set_servers" -> calls.send(tools.joined(request), deadline);
            default -> calls.send(request, deadline);
        };
    }

    @Override
    public void answer(Message response) {
        asks.complete(response).ifPresent(outbox::send);
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        return interrupt(Json.object().put("subtype", "interrupt"), LONG).thenAccept(receipt -> {});
    }

    private CompletableFuture<ObjectNode> interrupt(ObjectNode request, Duration deadline) {
        if (turn.isRunning()) {
            long ended = turn.ended();
            escalation.watch(() -> turn.isRunning() && turn.ended() == ended, fate::force);
        }
        return calls.send(request, deadline);
    }

    @Override
    public void toolsChanged() {
        tools.changed(turn.isRunning());
    }

    @Override
    public void close() {
        fate.ask();
        if (turn.isRunning()) {
            calls.send(Json.object().put("subtype", "interrupt"), LONG);
        }
        escalation.climb();
    }

    /// Ends it at once, with all that it has started: for the end of the whole program.
    void kill() {
        fate.ask();
        life.kill();
    }
}
