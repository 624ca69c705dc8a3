package dev.oriel.app.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.session.OpenSession;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.platform.FutureFailures;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Logging in to the MCP servers of the open session, and out. The agent does it: it names the page
/// that the user visits, waits for the browser to return to it, and keeps the keys. Belongs to the
/// JavaFX thread.
@SuppressWarnings("ReferenceEquality") // a later login can be equal, and is another
public final class McpLoginViewModel {
    /// How often the agent is asked whether the user has logged in. The CLI does not report it.
    static final Duration POLL = Duration.ofSeconds(2);

    /// Number of times that it is asked: for 15 minutes.
    static final int MAX_POLLS = 450;

    private final Supplier<@Nullable OpenSession> session;
    private final Scheduler scheduler;
    private final Runnable reload;
    private final Consumer<String> infos;
    private final Consumer<String> errors;
    private final ReadOnlyObjectWrapper<McpLogin> login =
            new ReadOnlyObjectWrapper<>(new McpLogin.None());
    private @Nullable OpenSession of;
    private Runnable cancelPoll = () -> {};
    private int polls;

    /// @param reload asks for the state of the servers
    /// @param infos receives short sentences for the user
    /// @param errors receives sentences about what did not work
    McpLoginViewModel(
            Supplier<@Nullable OpenSession> session,
            Scheduler scheduler,
            Runnable reload,
            Consumer<String> infos,
            Consumer<String> errors) {
        this.session = session;
        this.scheduler = scheduler;
        this.reload = reload;
        this.infos = infos;
        this.errors = errors;
    }

    /// Has the agent look for the page where the user logs in. It is not opened.
    public void start(McpServer server) {
        OpenSession open = session.get();
        if (open == null) {
            return;
        }
        of = open;
        McpLogin.Starting starting = new McpLogin.Starting(server.name());
        set(starting);
        send(open, ControlSubtype.MCP_AUTHENTICATE, server.name(), Json.object())
                .accept(
                        reply -> {
                            if (isCurrent(starting)) {
                                started(server.name(), reply);
                            }
                        },
                        why -> {
                            errors.accept("The login to " + server.name() + " failed: " + why);
                            if (isCurrent(starting)) {
                                cancel();
                            }
                        });
    }

    private void started(String server, ObjectNode reply) {
        String address = reply.path("authUrl").asText("");
        if (address.isEmpty()) {
            // The agent had keys that still hold.
            finished(server);
            return;
        }
        boolean returns = reply.path("callbackExpected").asBoolean(true);
        set(McpLogin.visit(server, address, returns));
        polls = 0;
        poll();
    }

    /// Finishes the login with the address to which the browser returned, if it could not reach the
    /// agent: as if the agent runs on another computer.
    public void finish(String address) {
        OpenSession open = session.get();
        if (open == null
                || !open.equals(of)
                || !(login.get() instanceof McpLogin.Visit visit)
                || address.isBlank()) {
            return;
        }
        McpLogin.Finishing finishing = new McpLogin.Finishing(visit);
        set(finishing);
        send(
                        open,
                        ControlSubtype.MCP_OAUTH_CALLBACK_URL,
                        visit.server(),
                        Json.object().put("callbackUrl", address.strip()))
                .accept(
                        _ -> {
                            if (isCurrent(finishing)) {
                                connect(open, finishing);
                            }
                        },
                        why -> {
                            if (isCurrent(finishing)) {
                                set(visit.withProblem(why));
                                poll();
                            }
                        });
    }

    /// After a login that was finished with an address, the CLI does not connect by itself.
    private void connect(OpenSession open, McpLogin.Finishing finishing) {
        String server = finishing.visit().server();
        send(open, ControlSubtype.MCP_RECONNECT, server, Json.object())
                .accept(
                        _ -> {
                            if (isCurrent(finishing)) {
                                finished(server);
                            }
                        },
                        why -> {
                            if (isCurrent(finishing)) {
                                errors.accept(server + " was not connected: " + why);
                                cancel();
                                reload.run();
                            }
                        });
    }

    private void finished(String server) {
        cancel();
        infos.accept("You are logged in to " + server + ".");
        reload.run();
    }

    /// Forgets the login that was started. The agent forgets it when it ends.
    public void cancel() {
        of = null;
        set(new McpLogin.None());
    }

    /// Has the agent forget the keys of a server.
    public void logOut(McpServer server) {
        OpenSession open = session.get();
        if (open != null) {
            send(open, ControlSubtype.MCP_CLEAR_AUTH, server.name(), Json.object())
                    .accept(
                            _ -> {
                                infos.accept("You are logged out of " + server.name() + ".");
                                reload.run();
                            },
                            why -> errors.accept(server.name() + ": " + why));
        }
    }

    /// Compares with what the agent says about the servers: a login ends when its server is
    /// connected, or cannot be.
    void update(List<McpServer> servers) {
        if (!(login.get() instanceof McpLogin.Visit visit)) {
            return;
        }
        for (McpServer server : servers) {
            if (server.name().equals(visit.server())) {
                switch (server.state()) {
                    case CONNECTED -> {
                        cancel();
                        infos.accept("You are logged in to " + server.name() + ".");
                    }
                    // Its card says why.
                    case FAILED, DISABLED -> cancel();
                    case NEEDS_LOGIN, PENDING, OTHER -> {
                        // Not yet.
                    }
                }
            }
        }
    }

    /// Forgets a login of a session that is no longer open.
    void checkSession() {
        if (of != null && !of.equals(session.get())) {
            cancel();
        }
    }

    private void poll() {
        cancelPoll.run();
        cancelPoll =
                scheduler.schedule(
                        POLL,
                        () -> {
                            checkSession();
                            if (login.get() instanceof McpLogin.Visit && polls < MAX_POLLS) {
                                polls++;
                                reload.run();
                                poll();
                            }
                        });
    }

    private void set(McpLogin now) {
        if (!(now instanceof McpLogin.Visit)) {
            cancelPoll.run();
            cancelPoll = () -> {};
        }
        login.set(now);
    }

    /// What becomes of a request.
    private interface Reply {
        void accept(Consumer<ObjectNode> done, Consumer<String> failed);
    }

    private Reply send(OpenSession open, String subtype, String server, ObjectNode members) {
        ObjectNode request = members.put("subtype", subtype).put("serverName", server);
        return (done, failed) ->
                open.sendControl(request)
                        .whenComplete((reply, failure) ->
                                scheduler.schedule(
                                        Duration.ZERO,
                                        () -> {
                                            if (failure == null) {
                                                done.accept(reply);
                                            } else {
                                                failed.accept(FutureFailures.message(failure));
                                            }
                                        }));
    }

    /// How far the login is.
    public ReadOnlyObjectProperty<McpLogin> login() {
        return login.getReadOnlyProperty();
    }

    /// Whether a state is still the one that is shown; a later login can have an equal one.
    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(Object state) {
        return state == login.get();
    }
}
