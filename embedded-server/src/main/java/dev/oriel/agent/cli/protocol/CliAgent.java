package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.cli.install.CliTimeouts;
import dev.oriel.agent.cli.process.CliProcess;
import dev.oriel.agent.cli.process.CliProcessLoop;
import dev.oriel.agent.cli.process.ExitReasonTracker;
import dev.oriel.agent.cli.process.ProcessEscalation;
import dev.oriel.agent.cli.process.StdinWriter;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One agent: a CLI process, and what is sent to it.
///
/// Events come on the thread that reads its standard output; a listener that blocks makes the CLI
/// wait at its full pipe. Futures are completed on that thread too, or on a timer's.
public final class CliAgent implements Agent {
    /// Deadline of requests whose confirmation nothing waits for; the process has ended or replied
    /// by then.
    private static final Duration LONG = Duration.ofSeconds(60);

    private final CliProcessLoop loop;
    private final StdinWriter stdin;
    private final PendingControlRequests requests;
    private final PendingCliAsks asks;
    private final CliTools tools;
    private final CliTurnTracker turn;
    private final ExitReasonTracker exitReason;
    private final ProcessEscalation escalation;
    private final CompletableFuture<ObjectNode> initialized;
    private final CompletableFuture<Void> exited;

    private CliAgent(
            CliProcess process,
            CliProcessLoop.ProcessStarter starter,
            AgentLaunch launch,
            ObjectNode initialize,
            @Nullable JsonNode mcpServers,
            AgentListener listener,
            ScheduledExecutorService clock,
            CliTimeouts timeouts) {
        this.stdin = new StdinWriter(process);
        this.requests = new PendingControlRequests(clock, stdin::send);
        this.asks = new PendingCliAsks();
        this.tools = new CliTools(launch.tools(), requests, stdin, initialize);
        this.turn = new CliTurnTracker();
        this.exitReason = new ExitReasonTracker(launch.conversation());
        // At once: the CLI responds before the first turn, and a client may ask for it at any time.
        this.initialized = requests.send(initialize, LONG);
        initialized.thenAccept(response ->
                tools.onCapabilities(
                        CliCapabilities.UNKNOWN.withReported(response.path("response"))));
        var router =
                new CliMessageRouter(
                        listener,
                        stdin,
                        requests,
                        asks,
                        tools,
                        new ForwardedRequests(launch.clients(), stdin::send),
                        turn,
                        exitReason);
        this.exited = router.exited();
        this.loop =
                CliProcessLoop.start(
                        process, launch.conversation(), starter, stdin, exitReason, router, clock);
        this.escalation = new ProcessEscalation(clock, timeouts, loop);
        if (mcpServers != null) {
            setMcpServers(mcpServers, router);
        }
    }

    /// Sends the servers over standard input, because their headers may contain keys: every program
    /// on the computer can read a command line.
    private void setMcpServers(JsonNode servers, CliMessageRouter router) {
        ObjectNode request = Json.object().put("subtype", ControlSubtype.MCP_SET_SERVERS);
        request.set("servers", servers);
        requests.send(tools.withOwnServer(request), LONG)
                .thenAccept(response -> {
                    List<String> failed = new ArrayList<>();
                    response.at("/response/errors")
                            .properties()
                            .forEach(e ->
                                    failed.add(
                                            "MCP server %s: %s"
                                                    .formatted(e.getKey(), e.getValue().asText())));
                    if (!failed.isEmpty()) {
                        router.onStderr(failed);
                    }
                });
    }

    /// Sends the `initialize` request and starts to read the output.
    ///
    /// @param starter starts the process, and a second one, if one is needed
    /// @param initialize the request, to which the tools' server is added
    /// @param listener receives the events, one at a time
    /// @throws IOException if the process cannot be started, or the MCP servers of the launch are
    ///   not JSON
    public static CliAgent start(
            CliProcessLoop.ProcessStarter starter,
            AgentLaunch launch,
            ObjectNode initialize,
            AgentListener listener,
            ScheduledExecutorService clock,
            CliTimeouts timeouts)
            throws IOException {
        String servers = launch.secrets().mcpServers();
        JsonNode parsed = servers == null ? null : Json.mapper().readTree(servers);
        return new CliAgent(
                starter.start(launch.conversation()),
                starter,
                launch,
                initialize,
                parsed,
                listener,
                clock,
                timeouts);
    }

    /// Completes after [dev.oriel.agent.AgentEvent.Exited] has been passed to the listener.
    public CompletableFuture<Void> exited() {
        return exited;
    }

    @Override
    public void sendPrompt(Message user) {
        byte[] line = encodePrompt(user);
        turn.onPrompt();
        stdin.sendPrompt(line);
    }

    /// The CLI decides when it reads the prompt: at the end of a tool, or of the turn.
    @Override
    public void sendMidTurnPrompt(Message user) {
        stdin.sendPrompt(encodePrompt(user));
    }

    /// @throws IllegalArgumentException if the CLI would exit on it or never respond to it
    private static byte[] encodePrompt(Message user) {
        JsonNode message = user.tree().path("message");
        JsonNode content = message.path("content");
        if (!user.is(MessageType.USER)
                || !"user".equals(message.path("role").textValue())
                || !(content.isTextual() || content.isArray())) {
            throw new IllegalArgumentException("not a checked user message");
        }
        return singleLine(user);
    }

    /// JSON may span several lines; the CLI reads each line by itself.
    private static byte[] singleLine(Message message) {
        for (byte b : message.bytes()) {
            if (b == '\n' || b == '\r') {
                return Json.encode(message.tree());
            }
        }
        return message.bytes();
    }

    @Override
    public CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline) {
        return switch (request.path("subtype").asText("")) {
            case "" -> throw new IllegalArgumentException("a control request has a subtype");
            // The response to the first one: a second one would undo what that has set up.
            case "initialize" ->
                    initialized.copy().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
            case "interrupt" -> interrupt(request, deadline);
            case "mcp_set_servers" -> requests.send(tools.withOwnServer(request), deadline);
            default -> requests.send(request, deadline);
        };
    }

    @Override
    public void reply(Message response) {
        asks.complete(response).ifPresent(stdin::send);
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        return interrupt(Json.object().put("subtype", ControlSubtype.INTERRUPT), LONG)
                .thenAccept(receipt -> {});
    }

    private CompletableFuture<ObjectNode> interrupt(ObjectNode request, Duration deadline) {
        if (turn.isRunning()) {
            long finished = turn.finishedTurns();
            escalation.startAfterInterrupt(
                    () -> turn.isRunning() && turn.finishedTurns() == finished,
                    exitReason::onInterruptEnforced);
        }
        return requests.send(request, deadline);
    }

    @Override
    public void onToolsChanged() {
        tools.onToolsChanged(turn.isRunning());
    }

    @Override
    public void close() {
        exitReason.onCloseRequested();
        if (turn.isRunning()) {
            requests.send(Json.object().put("subtype", ControlSubtype.INTERRUPT), LONG);
        }
        escalation.start();
    }

    /// Ends it at once, with all processes that it has started: for the end of the whole program.
    public void kill() {
        exitReason.onCloseRequested();
        loop.kill();
    }
}
