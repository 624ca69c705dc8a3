package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.mcp.login.OAuthLogin;
import dev.oriel.agent.api.mcp.login.OAuthTokens;
import dev.oriel.agent.api.mcp.transport.ClientMcpTransport;
import dev.oriel.message.Json;
import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One MCP server of one agent. Thread-safe.
///
/// **Life cycle.** [#connect()] connects, also again after it was closed or has failed; [#close()]
/// disconnects. A program that ends by itself is started again, each time later, and not for ever.
final class McpConnection implements AutoCloseable {
    private static final int MOST_RESTARTS = 5;

    /// A program that has run for so long has not ended because of how it starts.
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private final McpServerConfig config;
    private final McpHost host;
    private volatile Status status;
    private volatile String error = "";
    private volatile boolean isApproved;
    private volatile boolean isUndecided;
    private volatile @Nullable McpLink link;
    private volatile String lastStderr = "";
    private volatile @Nullable String challenge;
    private volatile @Nullable String token;
    private int restarts; // guarded by this
    private long connectedAt; // guarded by this

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

    /// @param decision whether it may start
    McpConnection(McpServerConfig config, McpApprovals.Decision decision, McpHost host) {
        this.config = config;
        this.host = host;
        this.isApproved = decision == McpApprovals.Decision.APPROVED;
        this.status = isApproved ? Status.PENDING : Status.DISABLED;
        if (!isApproved) {
            error =
                    decision == McpApprovals.Decision.NONE
                            ? "It has not been approved yet."
                            : "It was not approved.";
        }
        this.isUndecided = decision == McpApprovals.Decision.NONE;
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

    /// What the server can be asked; null unless it is connected.
    @Nullable McpLink link() {
        return status == Status.CONNECTED ? link : null;
    }

    /// The tools of the server; empty unless it is connected.
    List<McpSchema.Tool> tools() {
        McpLink connected = link();
        return connected == null ? List.of() : connected.tools();
    }

    /// Connects, and lists the tools. Blocks. A failure is kept as the status. Does nothing to a
    /// server that was not approved.
    synchronized void connect() {
        restarts = 0;
        open();
    }

    private synchronized void open() {
        if (!isApproved) {
            return;
        }
        try {
            token = token(false);
            greet();
            if (token != null && status == Status.NEEDS_AUTH) {
                String renewed = token(true);
                if (renewed != null) {
                    token = renewed;
                    greet();
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
        OAuthTokens logins = host.logins();
        if (logins == null || !(config.way() instanceof McpServerConfig.Http http)) {
            return null;
        }
        URI server = URI.create(http.url());
        return renew ? logins.refresh(server) : logins.access(server);
    }

    private void greet() {
        closeLink();
        status = Status.PENDING;
        error = "";
        lastStderr = "";
        McpLink next = null;
        Thread me = Thread.currentThread();
        connecting.set(me);
        CompletableFuture.delayedExecutor(host.greeting().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> stopWaiting(me, "The server did not answer in time."));
        try {
            next = new McpLink(config, host, transport());
            next.greet();
            link = next;
            connectedAt = System.nanoTime();
            status = Status.CONNECTED;
        } catch (IOException | RuntimeException e) { // the library throws various exceptions
            if (next != null) {
                next.close();
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
        OAuthTokens logins = host.logins();
        return logins == null || !(config.way() instanceof McpServerConfig.Http http)
                ? null
                : OAuthLogin.start(URI.create(http.url()), challenge, logins, this::connect);
    }

    /// Forgets the login of the server.
    void logOut() throws IOException {
        OAuthTokens logins = host.logins();
        if (logins != null && config.way() instanceof McpServerConfig.Http http) {
            logins.remove(URI.create(http.url()));
        }
        connect();
    }

    private void fail(Throwable failure) {
        McpHttpClientTransportAuthorizationException refused = McpFailures.refusal(failure);
        if (refused != null) {
            needLogin(refused);
            return;
        }
        String stderr = lastStderr;
        if (error.isEmpty()) {
            error = McpTexts.shortened(stderr.isEmpty() ? McpFailures.message(failure) : stderr);
        }
        status = Status.FAILED;
    }

    private void needLogin(McpHttpClientTransportAuthorizationException refused) {
        challenge = refused.getResponseInfo().headers().firstValue("www-authenticate").orElse(null);
        error = "The server requires a login.";
        status = Status.NEEDS_AUTH;
    }

    private McpClientTransport transport() throws IOException {
        return switch (config.way()) {
            case McpServerConfig.Stdio stdio -> {
                var program =
                        new StdioMcpTransport(stdio, host.folder(), this::stderr, this::onExit);
                program.start();
                yield program;
            }
            case McpServerConfig.Client _ -> new ClientMcpTransport(config.name(), host.clients());
            case McpServerConfig.Http http -> HttpMcpTransports.to(http, () -> token);
        };
    }

    private void stderr(String line) {
        if (!line.isBlank()) {
            // The lines of a stack trace that are indented do not say what happened.
            lastStderr = Character.isWhitespace(line.charAt(0)) ? lastStderr : line;
            host.user().stderr(line);
        }
    }

    /// Ends the wait for the server's greeting.
    private void stopWaiting() {
        Thread waiting = connecting.getAndSet(null);
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    private void stopWaiting(Thread waiting, String why) {
        if (connecting.compareAndSet(waiting, null)) {
            error = why;
            waiting.interrupt();
        }
    }

    private void onExit() {
        stopWaiting();
        if (status != Status.CONNECTED) {
            return;
        }
        error = "The server's program has ended.";
        status = Status.FAILED;
        McpLink ended = link;
        if (ended != null) {
            ended.close(); // nobody answers the calls that are running
        }
        restartLater(ended);
    }

    private synchronized void restartLater(@Nullable McpLink ended) {
        if (System.nanoTime() - connectedAt > HEALTHY.toNanos()) {
            restarts = 0;
        }
        if (restarts >= MOST_RESTARTS) {
            error = "The server's program has ended several times.";
            return;
        }
        long delay = host.restart().toMillis() << restarts++;
        CompletableFuture.delayedExecutor(
                        delay,
                        TimeUnit.MILLISECONDS,
                        task -> Thread.ofVirtual().name("mcp-restart").start(task))
                .execute(() -> restart(ended));
    }

    @SuppressWarnings("ReferenceEquality") // another link means that it was connected again
    private synchronized void restart(@Nullable McpLink ended) {
        if (status == Status.FAILED && link == ended) {
            open();
        }
    }

    /// Calls a tool. Blocks; interruptible.
    ///
    /// @throws IllegalStateException if the server is not connected, or the call failed
    CallToolResult call(String tool, McpCall call) {
        return ask(link -> link.call(tool, call));
    }

    /// Asks the server something. If it refuses the login, that is renewed once. Blocks;
    /// interruptible.
    ///
    /// @throws IllegalStateException if the server is not connected, or the request failed
    <T> T ask(Function<McpLink, T> request) {
        McpLink connected = link();
        if (connected == null) {
            throw new IllegalStateException(
                    "The MCP server “%s” is not connected.".formatted(config.name()));
        }
        try {
            return request.apply(connected);
        } catch (RuntimeException e) {
            McpHttpClientTransportAuthorizationException refused = McpFailures.refusal(e);
            if (refused == null) {
                throw e;
            }
            if (!renewLogin()) {
                needLogin(refused);
                throw new IllegalStateException(
                        "The MCP server “%s” requires a login.".formatted(config.name()), e);
            }
            return request.apply(connected);
        }
    }

    private boolean renewLogin() {
        try {
            String renewed = token == null ? null : token(true);
            if (renewed != null) {
                token = renewed;
            }
            return renewed != null;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
        McpLink connected = link();
        if (connected != null) {
            connected.describe(json);
        }
        return json;
    }

    private void closeLink() {
        McpLink old = link;
        link = null;
        if (old != null) {
            // First, so that the end of the program is no failure.
            status = Status.PENDING;
            old.close();
        }
    }

    @Override
    public void close() {
        stopWaiting();
        synchronized (this) {
            closeLink();
            status = Status.DISABLED;
        }
    }
}
