package dev.oriel.app.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ClientException;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.platform.FutureFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The MCP servers of the open session, and what can be done with them. Belongs to the JavaFX
/// thread.
public final class McpViewModel {
    /// How often the state is asked for while a server connects.
    private static final Duration WHILE_PENDING = Duration.ofSeconds(1);

    private final Supplier<@Nullable OpenSession> session;
    private final BiFunction<String, ObjectNode, CompletableFuture<Void>> add;
    private final Consumer<String> infos;
    private final Consumer<String> errors;
    private final Scheduler scheduler;
    private final McpLoginViewModel login;
    private final ReadOnlyObjectWrapper<McpState> state =
            new ReadOnlyObjectWrapper<>(new McpState.NoSession());
    private boolean watching;
    private Runnable cancelPoll = () -> {};

    /// The number of the last question; replies to earlier ones are out of date.
    private int asked;

    /// What is known of the servers.
    public sealed interface McpState {
        /// No session is open.
        record NoSession() implements McpState {}

        /// The agent has not replied yet.
        record Asking() implements McpState {}

        /// No agent is running.
        record NoAgent() implements McpState {}

        /// The agent cannot tell.
        ///
        /// @param why a sentence for the user
        record Unknown(String why) implements McpState {}

        record Known(List<McpServer> servers) implements McpState {
            public Known {
                servers = List.copyOf(servers);
            }
        }
    }

    /// @param session the open session; null on the page of a new one
    /// @param add asks the server to add an MCP server to a session's agent
    /// @param infos receives short sentences for the user
    /// @param errors receives sentences about what did not work
    public McpViewModel(
            Supplier<@Nullable OpenSession> session,
            BiFunction<String, ObjectNode, CompletableFuture<Void>> add,
            Consumer<String> infos,
            Consumer<String> errors,
            Scheduler scheduler) {
        this.session = session;
        this.add = add;
        this.infos = infos;
        this.errors = errors;
        this.scheduler = scheduler;
        this.login = new McpLoginViewModel(session, scheduler, this::load, infos, errors);
    }

    /// Asks for the servers, and again while one of them connects, until [#stopWatching].
    public void watch() {
        watching = true;
        login.checkSession();
        state.set(session.get() == null ? new McpState.NoSession() : new McpState.Asking());
        load();
    }

    public void stopWatching() {
        watching = false;
        cancelPoll.run();
    }

    /// Asks for the servers once.
    public void load() {
        cancelPoll.run();
        OpenSession open = session.get();
        if (open == null) {
            return;
        }
        int own = ++asked;
        open.sendControl(Json.object().put("subtype", "mcp_status"))
                .whenComplete((reply, failure) ->
                        onFx(() -> {
                            if (own == asked && open.equals(session.get())) {
                                show(failure == null ? known(reply) : refused(failure));
                            }
                        }));
    }

    private static McpState known(ObjectNode reply) {
        return new McpState.Known(McpServer.listFrom(reply));
    }

    private static McpState refused(Throwable failure) {
        boolean noAgent =
                FutureFailures.unwrap(failure) instanceof ClientException e
                        && ErrorCode.NO_AGENT.equals(e.code());
        return noAgent
                ? new McpState.NoAgent()
                : new McpState.Unknown(FutureFailures.message(failure));
    }

    private void show(McpState now) {
        state.set(now);
        if (now instanceof McpState.Known(List<McpServer> known)) {
            login.update(known);
        }
        boolean pending =
                now instanceof McpState.Known(List<McpServer> servers)
                        && servers.stream().anyMatch(s -> s.state() == McpServer.State.PENDING);
        if (pending && watching) {
            cancelPoll = scheduler.schedule(WHILE_PENDING, this::load);
        }
    }

    /// Starts the agent, then asks it.
    public void startAgent() {
        OpenSession open = session.get();
        if (open == null) {
            return;
        }
        state.set(new McpState.Asking());
        open.sendControl(Json.object().put("subtype", ControlSubtype.INITIALIZE))
                .whenComplete((_, failure) ->
                        onFx(() -> {
                            if (failure == null) {
                                load();
                            } else if (open.equals(session.get())) {
                                show(refused(failure));
                            }
                        }));
    }

    /// Has the agent connect to a server again.
    public void reconnect(McpServer server) {
        request(
                Json.object()
                        .put("subtype", ControlSubtype.MCP_RECONNECT)
                        .put("serverName", server.name()),
                server.name() + " was not connected: ");
    }

    /// Turns a server on or off for this session.
    public void setEnabled(McpServer server, boolean enabled) {
        request(
                Json.object()
                        .put("subtype", ControlSubtype.MCP_TOGGLE)
                        .put("serverName", server.name())
                        .put("enabled", enabled),
                server.name() + (enabled ? " was not turned on: " : " was not turned off: "));
    }

    private void request(ObjectNode request, String failed) {
        OpenSession open = session.get();
        if (open == null) {
            return;
        }
        open.sendControl(request)
                .whenComplete((_, failure) ->
                        onFx(() -> {
                            if (failure != null) {
                                errors.accept(failed + FutureFailures.message(failure));
                            }
                            load();
                        }));
    }

    /// Has the server's CLI add an MCP server.
    ///
    /// @param server without a [NewMcpServer#problem()]
    /// @param added called if it was added
    /// @param refused receives why it was not
    public void add(NewMcpServer server, Runnable added, Consumer<String> refused) {
        OpenSession open = session.get();
        if (open == null) {
            refused.accept("Open a session first.");
            return;
        }
        add.apply(open.key(), server.toJson())
                .whenComplete((_, failure) ->
                        onFx(() -> {
                            if (failure == null) {
                                infos.accept(
                                        server.name().strip()
                                                + " was added. Claude uses it from its next start"
                                                + " in this session.");
                                added.run();
                                load();
                            } else {
                                refused.accept(FutureFailures.message(failure));
                            }
                        }));
    }

    private void onFx(Runnable change) {
        scheduler.schedule(Duration.ZERO, change);
    }

    /// Logging in to the servers, and out.
    public McpLoginViewModel login() {
        return login;
    }

    public ReadOnlyObjectProperty<McpState> state() {
        return state.getReadOnlyProperty();
    }
}
