package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.cli.process.StdinWriter;
import dev.oriel.agent.mcp.McpReplies;
import dev.oriel.agent.mcp.McpToolServer;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tools of the session's clients, as the CLI sees them: an MCP server of its host, which
/// exchanges MCP messages with the CLI in control requests (wire.md 6.7). Without tools the CLI
/// knows no such server, and nothing of the MCP library is loaded. Any thread; never blocks.
final class CliTools {
    private static final Logger LOG = LoggerFactory.getLogger(CliTools.class);

    /// The tool `x` is `mcp__oriel__x` to the model, and in permission rules.
    static final String SERVER = "oriel";

    /// Capability of a CLI that lists the tools again when it is notified of a change.
    private static final String LISTS_AGAIN = "sdk_mcp_tools_list_changed";

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ToolHost host;
    private final PendingControlRequests requests;
    private final StdinWriter stdin;
    private final Set<String> clientServers; // run by clients
    private boolean announced; // guarded by this: the CLI knows the server
    private boolean listsAgain = true; // guarded by this
    private boolean outdated; // guarded by this: the CLI has listed other tools
    private ObjectNode otherServers = Json.object(); // guarded by this: set by a client
    private @Nullable McpToolServer server; // guarded by this
    private boolean closed; // guarded by this

    /// @param initialize the first request to the CLI, which names the servers that clients run. If
    ///   there are tools already, their server is added to it
    CliTools(
            ToolHost host,
            PendingControlRequests requests,
            StdinWriter stdin,
            ObjectNode initialize) {
        this.host = host;
        this.requests = requests;
        this.stdin = stdin;
        Set<String> named = new LinkedHashSet<>();
        initialize.path("sdkMcpServers").forEach(s -> named.add(s.asText()));
        this.clientServers = Collections.unmodifiableSet(named);
        if (!host.tools().isEmpty()) {
            initialize.withArray("sdkMcpServers").add(SERVER);
            this.announced = true;
        }
    }

    /// Whether an `mcp_message` is for the tools, and not for a server that a client runs.
    boolean isForTools(Message request) {
        return !clientServers.contains(request.tree().path("request").path("server_name").asText());
    }

    /// Receives an `mcp_message` of the CLI, which gets its response as soon as there is one: the
    /// CLI starts no turn before the handshake.
    void receive(Message request) {
        JsonNode inner = request.tree().path("request");
        JsonNode message = inner.path("message");
        String name = inner.path("server_name").asText();
        McpToolServer ours = name.equals(SERVER) ? server() : null;
        if (ours == null) {
            respond(
                    request,
                    McpReplies.failure(
                            message,
                            McpReplies.METHOD_NOT_FOUND,
                            "There is no server " + name + "."));
        } else {
            ours.receive(message, reply -> respond(request, reply));
        }
    }

    private void respond(Message request, ObjectNode reply) {
        ObjectNode response = Json.object();
        response.set("mcp_response", reply);
        stdin.send(ControlResponses.success(request, response));
    }

    private synchronized @Nullable McpToolServer server() {
        if (server == null && announced && !closed) {
            server = new McpToolServer(SERVER, "1", host, this::notifyCli);
        }
        return server;
    }

    private void notifyCli(ObjectNode notification) {
        ObjectNode request =
                Json.object().put("subtype", ControlSubtype.MCP_MESSAGE).put("server_name", SERVER);
        request.set("message", notification);
        send(request);
    }

    /// The host has other tools now. A server that the CLI does not know is announced; a CLI that
    /// has not listed the tools will find the current ones when it does.
    ///
    /// @param inTurn whether a turn runs, in which a tool may be at work
    void onToolsChanged(boolean inTurn) {
        McpToolServer known;
        synchronized (this) {
            known = server;
            if (!announced && !host.tools().isEmpty()) {
                announced = true;
                send(setServers());
            } else if (known != null) {
                outdated = !listsAgain;
            }
        }
        if (known != null) {
            known.refresh();
        }
        if (!inTurn) {
            onIdle();
        }
    }

    /// The CLI has reported its capabilities. One that does not list the tools again after a change
    /// (2.1.112 and 2.1.197 do not) gets the server anew.
    synchronized void onCapabilities(CliCapabilities capabilities) {
        listsAgain = capabilities.has(LISTS_AGAIN);
    }

    /// No turn runs, and the next prompt has not been sent. If the CLI has outdated tools, the
    /// prompt is held back until it has the current ones: 2.1.112 would start the turn with the old
    /// ones.
    void onIdle() {
        McpToolServer last;
        synchronized (this) {
            if (!outdated || closed) {
                return;
            }
            outdated = false;
            last = server;
            server = null; // the next one starts with a handshake of its own
            announced = false;
            stdin.holdPrompts();
            // Always refused for a server of the host, but without it 2.1.112 keeps the tools that
            // it has listed.
            ObjectNode forget = Json.object().put("subtype", ControlSubtype.MCP_RECONNECT);
            requests.send(forget.put("serverName", SERVER), DEADLINE)
                    .whenComplete((_, _) -> removeServer());
        }
        if (last != null) {
            last.close();
        }
    }

    private synchronized void removeServer() {
        send(setServers()).whenComplete((_, _) -> announceAgain());
    }

    private synchronized void announceAgain() {
        if (closed || announced || host.tools().isEmpty()) {
            stdin.releasePrompts();
        } else {
            announced = true;
            send(setServers()).whenComplete((_, _) -> stdin.releasePrompts());
        }
    }

    /// Under the lock.
    private ObjectNode setServers() {
        return withOurs(Json.object().put("subtype", ControlSubtype.MCP_SET_SERVERS), otherServers);
    }

    /// Adds our servers to a client's own `mcp_set_servers`, which replaces all servers that were
    /// set or announced before (seen with 2.1.329).
    synchronized ObjectNode withOwnServer(ObjectNode request) {
        otherServers =
                request.path("servers") instanceof ObjectNode s ? s.deepCopy() : Json.object();
        return announced || !clientServers.isEmpty()
                ? withOurs(request.deepCopy(), otherServers)
                : request;
    }

    /// Under the lock.
    private ObjectNode withOurs(ObjectNode request, ObjectNode others) {
        ObjectNode servers = others.deepCopy();
        if (announced) {
            servers.putObject(SERVER).put("type", "sdk").put("name", SERVER);
        }
        clientServers.forEach(s -> servers.putObject(s).put("type", "sdk").put("name", s));
        return request.set("servers", servers);
    }

    private CompletableFuture<ObjectNode> send(ObjectNode request) {
        return requests.send(request, DEADLINE)
                .whenComplete((response, failure) -> {
                    if (failure == null && !"success".equals(response.path("subtype").asText())) {
                        LOG.warn(
                                "The claude CLI does not accept tools: {}",
                                response.path("error").asText());
                    }
                });
    }

    /// The CLI has ended: no result is needed any more.
    void close() {
        McpToolServer last;
        synchronized (this) {
            closed = true;
            last = server;
        }
        if (last != null) {
            last.close();
        }
    }
}
