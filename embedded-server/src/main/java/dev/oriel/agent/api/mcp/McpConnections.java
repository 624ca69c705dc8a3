package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.KeyStore;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.mcp.ToolSchemaCheck;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The MCP servers of one agent.
///
/// **Life cycle.** [#tools] connects to all servers with its first call. [#close()] disconnects and
/// ends the programs that were started.
///
/// **Threads.** Thread-safe. [#tools], [#answer] and [#close()] may block.
public final class McpConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(McpConnections.class);

    private final McpConfigFiles files;
    private final Path folder;
    private final @Nullable OAuthTokens logins;
    private final Consumer<String> onStderr;
    private final Map<String, OAuthLogin> pending = new ConcurrentHashMap<>(); // by server
    private final Map<String, McpConnection> servers = new LinkedHashMap<>(); // guarded by this
    private final Map<String, Boolean> usable = new ConcurrentHashMap<>(); // by text of the schema
    private boolean started; // guarded by this
    private boolean closed; // guarded by this

    /// @param home the user's home folder
    /// @param folder the session's folder
    /// @param trusted whether the servers of the folder's `.mcp.json` may be used
    /// @param named servers that a client names, the text of a JSON object; null for none
    /// @param onStderr receives lines that the servers' programs write to standard error, without
    ///   what looks like a key
    /// @param keys where tokens of logins are kept; null if servers cannot have a login
    public McpConnections(
            Path home,
            Path folder,
            boolean trusted,
            @Nullable String named,
            @Nullable KeyStore keys,
            Consumer<String> onStderr) {
        this.logins = keys == null ? null : new OAuthTokens(keys, InstantSource.system());
        this.files = new McpConfigFiles(home, System.getenv());
        this.folder = folder;
        this.onStderr = onStderr;
        if (named != null) {
            add(files.named(parse(named)));
        }
        add(files.read(folder, trusted));
    }

    private static JsonNode parse(String json) {
        try {
            return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException _) {
            LOG.warn("The MCP servers that a client named are no JSON object");
            return Json.object();
        }
    }

    private synchronized void add(List<McpServerConfig> configs) {
        for (McpServerConfig config : configs) {
            servers.computeIfAbsent(
                    config.name(), _ -> new McpConnection(config, folder, logins, onStderr));
        }
    }

    private synchronized List<McpConnection> all() {
        return List.copyOf(servers.values());
    }

    /// The tools of all servers that are connected, sorted by name.
    ///
    /// @param patience how long the first call waits for the servers; the tools of those that take
    ///   longer are in the result of a later call, which does not wait
    public List<Tool> tools(Duration patience) throws InterruptedException {
        CountDownLatch first = null;
        synchronized (this) {
            if (!started && !closed) {
                started = true;
                List<McpConnection> due = all();
                CountDownLatch latch = new CountDownLatch(due.size());
                due.forEach(server -> connect(server, latch));
                first = latch;
            }
        }
        if (first != null && !first.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("Some MCP servers are not connected yet");
        }
        return connectedTools();
    }

    private static void connect(McpConnection server, CountDownLatch done) {
        Thread.ofVirtual()
                .name("mcp-connect")
                .start(() -> {
                    try {
                        server.connect();
                    } finally {
                        done.countDown();
                    }
                });
    }

    private List<Tool> connectedTools() {
        Set<String> taken = new HashSet<>();
        List<Tool> tools = new ArrayList<>();
        for (McpConnection server : all()) {
            for (McpSchema.Tool tool : server.tools()) {
                ObjectNode schema = Json.mapper().valueToTree(tool.inputSchema());
                if (isUsable(schema)) {
                    String name = McpToolNames.of(server.config().name(), tool.name(), taken);
                    tools.add(new McpTool(name, tool, schema, server));
                }
            }
        }
        tools.sort((a, b) -> a.name().compareTo(b.name()));
        return tools;
    }

    /// One tool with a schema that the API rejects would make every request fail.
    private boolean isUsable(ObjectNode schema) {
        return usable.computeIfAbsent(
                schema.toString(),
                _ -> {
                    Optional<String> problem = ToolSchemaCheck.problem(schema);
                    problem.ifPresent(p -> LOG.warn("A tool of an MCP server is left out: {}", p));
                    return problem.isEmpty();
                });
    }

    /// The servers as an `init` message lists them, `[{"name","status"}]`.
    public ArrayNode summary() {
        ArrayNode list = Json.mapper().createArrayNode();
        for (McpConnection server : all()) {
            ObjectNode full = server.toJson();
            list.addObject()
                    .put("name", server.config().name())
                    .put("status", full.path("status").asText());
        }
        return list;
    }

    /// Answers a control request about MCP servers. May block for as long as a server takes to
    /// connect.
    ///
    /// @param request the inner request, with its `subtype`
    /// @return the inner response; null if the request is not about MCP servers
    /// @throws IllegalArgumentException if it names a server that does not exist, or cannot be
    ///   done; the message is for the user
    public @Nullable ObjectNode answer(ObjectNode request) {
        switch (request.path("subtype").asText()) {
            case "mcp_status" -> {
                ObjectNode reply = Json.object();
                ArrayNode list = reply.putArray("mcpServers");
                all().forEach(s -> list.add(s.toJson()));
                return reply;
            }
            case "mcp_reconnect" -> find(request).connect();
            case "mcp_toggle" -> {
                if (request.path("enabled").asBoolean()) {
                    find(request).connect();
                } else {
                    find(request).close();
                }
            }
            case "mcp_authenticate" -> {
                return startLogin(find(request));
            }
            case "mcp_oauth_callback_url" ->
                    finishLogin(find(request), request.path("callbackUrl").asText());
            case "mcp_clear_auth" -> logOut(find(request));
            case "mcp_set_servers" -> {
                return setServers(request.path("servers"));
            }
            default -> {
                return null;
            }
        }
        return Json.object();
    }

    private McpConnection find(ObjectNode request) {
        String name = request.path("serverName").asText();
        return all().stream()
                .filter(s -> s.config().name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("There is no MCP server “" + name + "”."));
    }

    private ObjectNode startLogin(McpConnection server) {
        try {
            OAuthLogin login = server.login();
            if (login == null) {
                throw new IllegalArgumentException("This MCP server has no login.");
            }
            OAuthLogin before = pending.put(server.config().name(), login);
            if (before != null) {
                before.close();
            }
            return Json.object().put("authUrl", login.address()).put("callbackExpected", true);
        } catch (IOException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("The login was cancelled.", e);
        }
    }

    private void finishLogin(McpConnection server, String address) {
        OAuthLogin login = pending.get(server.config().name());
        if (login == null) {
            throw new IllegalArgumentException("No login to this MCP server was started.");
        }
        try {
            login.finish(address);
            pending.remove(server.config().name(), login);
            login.close();
        } catch (IOException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("The login was cancelled.", e);
        }
    }

    private static void logOut(McpConnection server) {
        try {
            server.logOut();
        } catch (IOException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Replaces the servers that clients have named. Connects to new ones.
    private ObjectNode setServers(JsonNode json) {
        Map<String, McpServerConfig> wanted = new LinkedHashMap<>();
        files.named(json).forEach(c -> wanted.put(c.name(), c));
        List<McpConnection> removed = new ArrayList<>();
        List<McpConnection> added = new ArrayList<>();
        synchronized (this) {
            for (McpConnection server : all()) {
                McpServerConfig config = server.config();
                if (config.scope().equals("dynamic") && !config.equals(wanted.get(config.name()))) {
                    servers.remove(config.name());
                    removed.add(server);
                }
            }
            for (McpServerConfig config : wanted.values()) {
                if (!closed && !servers.containsKey(config.name())) {
                    McpConnection server = new McpConnection(config, folder, logins, onStderr);
                    servers.put(config.name(), server);
                    added.add(server);
                }
            }
        }
        removed.forEach(McpConnection::close);
        added.forEach(McpConnection::connect);
        ObjectNode reply = Json.object();
        ArrayNode addedNames = reply.putArray("added");
        added.forEach(s -> addedNames.add(s.config().name()));
        ArrayNode removedNames = reply.putArray("removed");
        removed.forEach(s -> removedNames.add(s.config().name()));
        ObjectNode errors = reply.putObject("errors");
        added.stream()
                .map(McpConnection::toJson)
                .filter(s -> s.has("error"))
                .forEach(s -> errors.set(s.path("name").asText(), s.get("error")));
        return reply;
    }

    @Override
    public void close() {
        List<McpConnection> open;
        synchronized (this) {
            closed = true;
            open = all();
        }
        pending.values().forEach(OAuthLogin::close);
        List<Thread> closing =
                open.stream()
                        .map(s -> Thread.ofVirtual().name("mcp-close").start(s::close))
                        .toList();
        for (Thread each : closing) {
            try {
                each.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
