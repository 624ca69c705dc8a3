package dev.oriel.agent.cli.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.cli.process.StdinQueue;
import dev.oriel.agent.mcp.McpReplies;
import dev.oriel.agent.mcp.McpToolServer;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tools of the session's clients, as the CLI gets them: an MCP server of its host, spoken to
/// by control messages (wire.md 6.7). Without tools the CLI knows no server, and nothing of the MCP
/// library is loaded. Any thread; never blocks.
final class CliTools {
    private static final Logger LOG = LoggerFactory.getLogger(CliTools.class);

    /// The tool `x` is `mcp__oriel__x` to the model, and to permission rules.
    static final String SERVER = "oriel";

    private static final String ASKS_AGAIN = "sdk_mcp_tools_list_changed";

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ToolHost host;
    private final PendingControlRequests calls;
    private final StdinQueue outbox;
    private final List<String> clientServers = new ArrayList<>(); // guarded by this
    private boolean introduced; // guarded by this
    private boolean asksAgain = true; // guarded by this
    private boolean outdated; // guarded by this
    private ObjectNode others = Json.object(); // guarded by this
    private @Nullable McpToolServer server; // guarded by this
    private boolean over; // guarded by this

    CliTools(ToolHost host, PendingControlRequests calls, StdinQueue outbox) {
        this.host = host;
        this.calls = calls;
        this.outbox = outbox;
    }

    /// Names the server in an `initialize` request if there are tools already.
    synchronized void addTo(ObjectNode initialize) {
        initialize.path("sdkMcpServers").forEach(s -> clientServers.add(s.asText()));
        if (!host.tools().isEmpty()) {
            initialize.withArray("sdkMcpServers").add(SERVER);
            introduced = true;
        }
    }

    /// Whether an `mcp_message` is for the tools, and not for a server that a client runs.
    boolean isForTools(Message request) {
        String server = request.tree().path("request").path("server_name").asText();
        synchronized (this) {
            return !clientServers.contains(server);
        }
    }

    /// Takes an `mcp_message` of the CLI's, which is answered as soon as there is an answer: it
    /// begins no turn before it has shaken hands.
    void receive(Message request) {
        JsonNode inner = request.tree().path("request");
        JsonNode message = inner.path("message");
        String name = inner.path("server_name").asText();
        McpToolServer ours = name.equals(SERVER) ? server() : null;
        if (ours == null) {
            reply(
                    request,
                    McpReplies.failure(
                            message,
                            McpReplies.METHOD_NOT_FOUND,
                            "There is no server " + name + "."));
        } else {
            ours.receive(message, answer -> reply(request, answer));
        }
    }

    private void reply(Message request, ObjectNode answer) {
        ObjectNode response = Json.object();
        response.set("mcp_response", answer);
        outbox.send(ControlResponses.success(request, response));
    }

    private synchronized @Nullable McpToolServer server() {
        if (server == null && introduced && !over) {
            server = new McpToolServer(SERVER, "1", host, this::say);
        }
        return server;
    }

    private void say(ObjectNode notification) {
        ObjectNode request = Json.object().put("subtype", "mcp_message").put("server_name", SERVER);
        request.set("message", notification);
        send(request);
    }

    /// There are other tools now. What is not introduced yet is; what has not asked yet will find
    /// them as they are when it asks.
    ///
    /// @param turn whether a turn runs, in which a tool may be at work
    void onToolsChanged(boolean turn) {
        McpToolServer known;
        synchronized (this) {
            known = server;
            if (!introduced && !host.tools().isEmpty()) {
                introduced = true;
                send(servers());
            } else if (known != null) {
                outdated = !asksAgain;
            }
        }
        if (known != null) {
            known.refresh();
        }
        if (!turn) {
            onIdle();
        }
    }

    /// What the CLI has said it can do: one that does not ask for the tools again when they have
    /// changed (2.1.112 and 2.1.197 do not) is given the server anew.
    synchronized void onCapabilities(CliCapabilities traits) {
        asksAgain = traits.has(ASKS_AGAIN);
    }

    /// No turn runs, and the next prompt has not been sent. It is held back until the CLI has the
    /// tools: 2.1.112 would begin the turn with those from before.
    void onIdle() {
        McpToolServer last;
        synchronized (this) {
            if (!outdated || over) {
                return;
            }
            outdated = false;
            last = server;
            server = null; // the next one begins with a handshake of its own
            introduced = false;
            outbox.holdPrompts();
            // Always refused for a server of the host's, but without it 2.1.112 does not forget
            // the tools that it has read.
            ObjectNode forget = Json.object().put("subtype", "mcp_reconnect");
            calls.send(forget.put("serverName", SERVER), DEADLINE)
                    .whenComplete((_, _) -> takeBack());
        }
        if (last != null) {
            last.close();
        }
    }

    private synchronized void takeBack() {
        send(servers()).whenComplete((_, _) -> introduceAgain());
    }

    private synchronized void introduceAgain() {
        if (over || introduced || host.tools().isEmpty()) {
            outbox.releasePrompts();
        } else {
            introduced = true;
            send(servers()).whenComplete((_, _) -> outbox.releasePrompts());
        }
    }

    /// Under the lock.
    private ObjectNode servers() {
        return withOurs(Json.object().put("subtype", "mcp_set_servers"), others);
    }

    /// A client's own `mcp_set_servers`. It replaces all that were set or introduced, so that ours
    /// has to be in it (seen with 2.1.329).
    synchronized ObjectNode withOwnServer(ObjectNode request) {
        others = request.path("servers") instanceof ObjectNode s ? s.deepCopy() : Json.object();
        return introduced || !clientServers.isEmpty()
                ? withOurs(request.deepCopy(), others)
                : request;
    }

    /// Under the lock.
    private ObjectNode withOurs(ObjectNode request, ObjectNode others) {
        ObjectNode servers = others.deepCopy();
        if (introduced) {
            servers.putObject(SERVER).put("type", "sdk").put("name", SERVER);
        }
        clientServers.forEach(s -> servers.putObject(s).put("type", "sdk").put("name", s));
        return request.set("servers", servers);
    }

    private CompletableFuture<ObjectNode> send(ObjectNode request) {
        return calls.send(request, DEADLINE)
                .whenComplete((response, failure) -> {
                    if (failure == null && !"success".equals(response.path("subtype").asText())) {
                        LOG.warn(
                                "The claude CLI does not take tools: {}",
                                response.path("error").asText());
                    }
                });
    }

    /// The CLI has ended: nobody waits for a result any more.
    void close() {
        McpToolServer last;
        synchronized (this) {
            over = true;
            last = server;
        }
        if (last != null) {
            last.close();
        }
    }
}
