package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.KeyStore;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.mcp.login.OAuthTokens;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.mcp.ToolSchemaCheck;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import io.modelcontextprotocol.spec.McpSchema;
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
    private final McpHost host;
    private final McpApprovalAsks approvals;
    private final McpControls controls = new McpControls(this);
    private final McpResources resources = new McpResources(this);
    private final Map<String, McpConnection> servers = new LinkedHashMap<>(); // guarded by this
    private final Map<String, Boolean> usable = new ConcurrentHashMap<>(); // by text of the schema
    private @Nullable CountDownLatch first; // guarded by this
    private boolean hasWaited; // guarded by this
    private boolean closed; // guarded by this

    /// Reads the configuration.
    public McpConnections(McpSettings settings, McpUser user) {
        KeyStore keys = settings.keys();
        this.host =
                McpHost.of(
                        settings.folder(),
                        keys == null ? null : new OAuthTokens(keys, InstantSource.system()),
                        user,
                        settings.clients(),
                        System.getenv());
        this.files = new McpConfigFiles(settings.home(), settings.data(), System.getenv());
        this.folder = settings.folder();
        this.approvals =
                new McpApprovalAsks(
                        new McpApprovals(settings.data()),
                        McpApprovalSettings.read(settings.home(), settings.folder()),
                        user);
        List<McpServerConfig> clients = new ArrayList<>();
        settings.clients()
                .declarations()
                .path("sdkMcpServers")
                .forEach(n ->
                        clients.add(
                                McpServerConfig.ofClient(
                                        n.asText(), McpHost.callTimeout(System.getenv()))));
        add(clients);
        if (settings.named() != null) {
            add(files.named(parse(settings.named())));
        }
        add(files.read(folder, settings.trusted()));
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
        configs.forEach(c -> servers.computeIfAbsent(c.name(), _ -> create(c)));
    }

    private McpConnection create(McpServerConfig config) {
        return new McpConnection(config, approvals.decision(config), host);
    }

    synchronized List<McpConnection> all() {
        return List.copyOf(servers.values());
    }

    /// The tools of all servers that are connected, sorted by name.
    ///
    /// @param patience how long the first call waits for the servers; the tools of those that take
    ///   longer are in the result of a later call, which does not wait
    public List<Tool> tools(Duration patience) throws InterruptedException {
        CountDownLatch connecting = start();
        boolean waits;
        synchronized (this) {
            waits = !hasWaited;
            hasWaited = true;
        }
        if (waits && !connecting.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("Some MCP servers are not connected yet");
        }
        return connectedTools();
    }

    /// Connects to all servers unless that was begun. Does not wait.
    ///
    /// @return reaches zero when each of them is connected or has failed
    synchronized CountDownLatch start() {
        if (first == null) {
            first = connect(closed ? List.of() : all());
        }
        return first;
    }

    /// What the model is told of the resources that a prompt mentions, `@server:uri`. Blocks.
    ///
    /// @param files where binary contents are stored
    public List<String> mentioned(String prompt, Path files) {
        return resources.mentioned(prompt, files);
    }

    /// Asks the user about servers of the project that nobody has decided on, and connects to those
    /// that are approved. Blocks.
    ///
    /// @param mode the permission mode
    /// @param patience how long it waits for the servers after the answers
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled
    public void askApproval(String mode, CancelScope cancel, Duration patience)
            throws InterruptedException {
        List<McpConnection> waiting = all().stream().filter(McpConnection::isUndecided).toList();
        if (!waiting.isEmpty()) {
            List<McpConnection> approved = approvals.ask(waiting, mode, cancel);
            approved.forEach(McpConnection::approve);
            if (!connect(approved).await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("An MCP server that was approved is not connected yet");
            }
        }
    }

    /// Turns a server on. That is no approval: sessions repeat such requests for later agents, when
    /// the project's configuration can be another one.
    ///
    /// @throws IllegalArgumentException if it has to be approved first; the message is for the user
    void turnOn(McpConnection server) {
        if (!server.isApproved()) {
            approvals.askAgain(server.config());
            server.askAgain();
            throw new IllegalArgumentException(
                    "The MCP server “%s” comes with the project. Oriel asks whether it may start with your next prompt."
                            .formatted(server.config().name()));
        }
        server.connect();
    }

    private static CountDownLatch connect(List<McpConnection> due) {
        CountDownLatch latch = new CountDownLatch(due.size());
        due.forEach(server -> connect(server, latch));
        return latch;
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
                if (!schema.has("type")) {
                    schema.put("type", "object");
                }
                if (isUsable(schema)) {
                    String name = McpToolNames.of(server.config().name(), tool.name(), taken);
                    tools.add(new McpTool(name, tool, schema, server));
                }
            }
        }
        if (resources.exist()) {
            tools.addAll(McpResourceTool.all(resources));
        }
        tools.sort((a, b) -> a.name().compareTo(b.name()));
        return tools;
    }

    /// One tool with a schema that the API rejects would make every request fail.
    private boolean isUsable(ObjectNode schema) {
        return usable.computeIfAbsent(
                schema.toString(),
                _ -> {
                    Optional<String> problem =
                            schema.path("type").asText().equals("object")
                                    ? ToolSchemaCheck.problem(schema)
                                    : Optional.of("the input is no object");
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
        return controls.answer(request);
    }

    /// Replaces the servers that clients have named. Connects to new ones.
    ObjectNode setServers(JsonNode json) {
        Map<String, McpServerConfig> wanted = new LinkedHashMap<>();
        files.named(json).forEach(c -> wanted.put(c.name(), c));
        List<McpConnection> removed = new ArrayList<>();
        List<McpConnection> added = new ArrayList<>();
        synchronized (this) {
            for (McpConnection server : all()) {
                McpServerConfig config = server.config();
                if (config.scope().equals("dynamic")
                        && !(config.way() instanceof McpServerConfig.Client)
                        && !config.equals(wanted.get(config.name()))) {
                    servers.remove(config.name());
                    removed.add(server);
                }
            }
            for (McpServerConfig config : wanted.values()) {
                if (!closed && !servers.containsKey(config.name())) {
                    McpConnection server = create(config);
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
        controls.close();
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
