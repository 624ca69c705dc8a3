package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Redaction;
import dev.oriel.message.Json;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Root;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One MCP server of one agent. Thread-safe.
///
/// **Life cycle.** [#connect()] connects, also again after it was closed or has failed; [#close()]
/// disconnects.
final class McpConnection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_PAGES = 50;
    private static final int MAX_ERROR = 500;

    private final McpServerConfig config;
    private final Path folder;
    private final @Nullable OAuthTokens logins;
    private final Consumer<String> onStderr;
    private volatile Status status;
    private volatile String error = "";
    private volatile boolean isApproved;
    private volatile boolean isUndecided;
    private volatile List<McpSchema.Tool> tools = List.of();
    private volatile @Nullable McpSyncClient client;
    private volatile String lastStderr = "";
    private volatile @Nullable String challenge;

    /// The thread that waits for the server's greeting; null if none does.
    private final AtomicReference<@Nullable Thread> connecting = new AtomicReference<>();

    /// The states of the wire.
    enum Status {
        PENDING("pending"),
        CONNECTED("connected"),
        FAILED("failed"),
        NEEDS_AUTH("needs-auth"),
        DISABLED("disabled");

        private final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }
    }

    /// @param folder the session's folder
    /// @param onStderr receives what the server's program writes to standard error
    /// @param decision whether it may start
    /// @param logins tokens of servers with a login; null for none
    McpConnection(
            McpServerConfig config,
            McpApprovals.Decision decision,
            Path folder,
            @Nullable OAuthTokens logins,
            Consumer<String> onStderr) {
        this.config = config;
        this.isApproved = decision == McpApprovals.Decision.APPROVED;
        this.status = isApproved ? Status.PENDING : Status.DISABLED;
        if (!isApproved) {
            error =
                    decision == McpApprovals.Decision.NONE
                            ? "It has not been approved yet."
                            : "It was not approved.";
        }
        this.isUndecided = decision == McpApprovals.Decision.NONE;
        this.logins = logins;
        this.folder = folder;
        this.onStderr = onStderr;
    }

    McpServerConfig config() {
        return config;
    }

    Status status() {
        return status;
    }

    /// Whether nobody has decided yet whether it may start.
    boolean isUndecided() {
        return isUndecided;
    }

    boolean isApproved() {
        return isApproved;
    }

    /// It may start from now on.
    void approve() {
        isApproved = true;
        isUndecided = false;
    }

    /// The user is asked again whether it may start.
    void askAgain() {
        isUndecided = true;
    }

    /// The tools of the server; empty unless it is connected.
    List<McpSchema.Tool> tools() {
        return status == Status.CONNECTED ? tools : List.of();
    }

    /// Connects, and lists the tools. Blocks. A failure is kept as the status. Does nothing to a
    /// server that was not approved.
    synchronized void connect() {
        if (!isApproved) {
            return;
        }
        try {
            String token = token(false);
            connect(token);
            if (token != null && status == Status.NEEDS_AUTH) {
                String renewed = token(true);
                if (renewed != null) {
                    connect(renewed);
                }
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    /// @param renew whether the server has refused the token
    private @Nullable String token(boolean renew) throws IOException, InterruptedException {
        if (logins == null || !(config.way() instanceof McpServerConfig.Http http)) {
            return null;
        }
        URI server = URI.create(http.url());
        return renew ? logins.refresh(server) : logins.access(server);
    }

    private void connect(@Nullable String token) {
        closeClient();
        status = Status.PENDING;
        error = "";
        lastStderr = "";
        McpSyncClient next = null;
        McpClientTransport transport = null;
        connecting.set(Thread.currentThread());
        try {
            transport = transport(token);
            next =
                    McpClient.sync(transport)
                            .clientInfo(Implementation.builder("oriel", "1").build())
                            .capabilities(ClientCapabilities.builder().roots(false).build())
                            .roots(new Root(folder.toUri().toString(), "session"))
                            .initializationTimeout(CONNECT_TIMEOUT)
                            .requestTimeout(config.timeout())
                            .toolsChangeConsumer(changed -> tools = List.copyOf(changed))
                            .build();
            next.initialize();
            tools = next.getServerCapabilities().tools() == null ? List.of() : listTools(next);
            client = next;
            status = Status.CONNECTED;
        } catch (IOException | RuntimeException e) { // the library throws various exceptions
            if (next != null) {
                closeQuietly(next);
            }
            if (transport != null) {
                // The client does not close it before the server has answered.
                transport.close();
            }
            fail(e);
        } finally {
            if (connecting.getAndSet(null) == null) {
                Thread.interrupted(); // It was only to end the wait.
            }
        }
    }

    /// Prepares a login. Blocks.
    ///
    /// @return null if the server cannot have one
    /// @throws IOException if there is none; the message is for the user
    @Nullable OAuthLogin login() throws IOException, InterruptedException {
        return logins == null || !(config.way() instanceof McpServerConfig.Http http)
                ? null
                : OAuthLogin.start(URI.create(http.url()), challenge, logins, this::connect);
    }

    /// Forgets the login of the server.
    void logOut() throws IOException {
        if (logins != null && config.way() instanceof McpServerConfig.Http http) {
            logins.remove(URI.create(http.url()));
        }
        connect();
    }

    private static List<McpSchema.Tool> listTools(McpSyncClient from) {
        List<McpSchema.Tool> all = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            ListToolsResult some = from.listTools(cursor);
            all.addAll(some.tools());
            cursor = some.nextCursor();
            if (cursor == null || cursor.isEmpty()) {
                break;
            }
        }
        return List.copyOf(all);
    }

    private void fail(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof McpHttpClientTransportAuthorizationException refused) {
                challenge =
                        refused.getResponseInfo()
                                .headers()
                                .firstValue("www-authenticate")
                                .orElse(null);
                error = "The server requires a login.";
                status = Status.NEEDS_AUTH;
                return;
            }
        }
        String stderr = lastStderr;
        String text = stderr.isEmpty() ? message(failure) : stderr;
        text = Redaction.redact(text).replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        error = text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) + "…" : text;
        status = Status.FAILED;
    }

    /// The library wraps the reason in a message that says nothing.
    private static String message(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null && !(reason instanceof IOException)) {
            reason = reason.getCause();
        }
        return reason instanceof InterruptedException
                ? "The server's program has ended."
                : String.valueOf(reason.getMessage());
    }

    private McpClientTransport transport(@Nullable String token) throws IOException {
        return switch (config.way()) {
            case McpServerConfig.Stdio stdio -> {
                var program = new StdioMcpTransport(stdio, folder, this::stderr, this::onExit);
                program.start();
                yield program;
            }
            case McpServerConfig.Http http -> HttpMcpTransports.to(http, token);
        };
    }

    private void stderr(String line) {
        if (!line.isBlank()) {
            lastStderr = line;
            onStderr.accept(line);
        }
    }

    /// Ends the wait for the server's greeting.
    private void stopWaiting() {
        Thread waiting = connecting.getAndSet(null);
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    private void onExit() {
        stopWaiting();
        if (status == Status.CONNECTED) {
            error = "The server's program has ended.";
            status = Status.FAILED;
        }
    }

    /// Calls a tool. Blocks; interruptible.
    ///
    /// @throws IllegalStateException if the server is not connected, or the call failed
    CallToolResult call(String tool, Map<String, Object> input) {
        McpSyncClient connected = client;
        if (connected == null || status != Status.CONNECTED) {
            throw new IllegalStateException(
                    "The MCP server “%s” is not connected.".formatted(config.name()));
        }
        return connected.callTool(McpSchema.CallToolRequest.builder(tool).arguments(input).build());
    }

    /// The server as `mcp_status` reports it.
    ObjectNode toJson() {
        ObjectNode json =
                Json.object()
                        .put("name", config.name())
                        .put("status", status.wireName)
                        .put("scope", config.scope());
        json.set("config", config.toJson());
        if (!error.isEmpty()) {
            json.put("error", error);
        }
        McpSyncClient connected = client;
        if (connected != null && status == Status.CONNECTED) {
            Implementation info = connected.getServerInfo();
            json.putObject("serverInfo").put("name", info.name()).put("version", info.version());
            ArrayNode list = json.putArray("tools");
            for (McpSchema.Tool tool : tools) {
                ObjectNode each = list.addObject().put("name", tool.name());
                if (tool.description() != null) {
                    each.put("description", tool.description());
                }
                if (tool.annotations() != null) {
                    ObjectNode notes = each.putObject("annotations");
                    notes.put("readOnly", Boolean.TRUE.equals(tool.annotations().readOnlyHint()));
                    notes.put(
                            "destructive",
                            Boolean.TRUE.equals(tool.annotations().destructiveHint()));
                }
            }
        }
        return json;
    }

    private void closeClient() {
        McpSyncClient old = client;
        client = null;
        if (old != null) {
            // First, so that the end of the program is no failure.
            status = Status.PENDING;
            closeQuietly(old);
        }
    }

    private static void closeQuietly(McpSyncClient client) {
        try {
            client.close();
        } catch (RuntimeException _) { // it is given up in any case
        }
    }

    @Override
    public void close() {
        stopWaiting();
        synchronized (this) {
            closeClient();
            status = Status.DISABLED;
        }
    }
}
