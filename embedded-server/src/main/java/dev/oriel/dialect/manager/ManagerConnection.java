package dev.oriel.dialect.manager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.dialect.DialectConnection;
import dev.oriel.dialect.DialectContext;
import dev.oriel.dialect.LoginState;
import dev.oriel.dialect.LoginState.Trigger;
import dev.oriel.dialect.Peer;
import dev.oriel.dialect.SerialExecutor;
import dev.oriel.dialect.TextFrames;
import dev.oriel.message.CloseCode;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client: its login (wire.md 5.2), then its frames, which [ManagerCommandHandler] executes.
final class ManagerConnection implements DialectConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ManagerConnection.class);

    /// Longer than any `auth` frame.
    private static final int MAX_AUTH_FRAME = 8_192;

    /// Size of a waiting frame besides its text.
    private static final int FRAME = 200;

    private static final Pattern BEARER = Pattern.compile("^Bearer\\s+");

    private final SerialExecutor tasks = new SerialExecutor("manager-client");
    private final Peer peer;
    private final DialectContext context;
    private final ManagedSessions sessions;
    private LoginState<Login, ManagerCommandHandler> state =
            new LoginState.Connecting<>(); // confined to tasks

    /// The first frame must contain the key.
    private record Login(ApiKey key, Future<?> deadline) {}

    /// @param keyFiles locations of the key; null if no key is required
    /// @param candidate the key in the URL; null if there is none
    ManagerConnection(
            ManagedSessions sessions,
            DialectContext context,
            Peer peer,
            @Nullable List<Path> keyFiles,
            @Nullable String candidate) {
        this.sessions = sessions;
        this.context = context;
        this.peer = peer;
        peer.describe("manager");
        tasks.post(() -> start(keyFiles, candidate));
    }

    private void start(@Nullable List<Path> keyFiles, @Nullable String candidate) {
        if (keyFiles == null) {
            admit();
            return;
        }
        Optional<ApiKey> key = ApiKey.load(keyFiles);
        if (key.isEmpty()) {
            refuse(null);
        } else if (candidate != null && key.get().matches(candidate)) {
            admit();
        } else {
            if (candidate != null && !candidate.isBlank()) {
                // The client can still send the right one, but this was an attempt.
                context.login().failedLogins().reply(peer.address(), () -> {});
            }
            var deadline =
                    context.timer()
                            .schedule(
                                    () -> tasks.post(this::onLoginTimeout),
                                    context.login().within().toMillis(),
                                    TimeUnit.MILLISECONDS);
            state = state.on(new Trigger.LoginRequired<>(new Login(key.get(), deadline)));
        }
    }

    private void admit() {
        peer.admit();
        state = state.on(new Trigger.Admission<>(new ManagerCommandHandler(sessions, peer)));
    }

    private void onLoginTimeout() {
        if (state instanceof LoginState.LoggingIn) {
            refuse("Authentication failed");
        }
    }

    /// @param why text of an error frame before the close; null for none
    private void refuse(@Nullable String why) {
        state = state.on(new Trigger.Refusal<>());
        sendRefusal(why);
    }

    /// See [#refuse]. A wrong key is answered the later, the more of them were tried.
    private void refuseKey(String why) {
        state = state.on(new Trigger.Refusal<>());
        context.login()
                .failedLogins()
                .reply(peer.address(), () -> tasks.post(() -> sendRefusal(why)));
    }

    private void sendRefusal(@Nullable String why) {
        if (why != null) {
            send(ManagerFrames.loginError(why));
        }
        peer.close(CloseCode.POLICY_VIOLATION, "Authentication required");
    }

    @Override
    public void onText(String text) {
        if (!tasks.offer(FRAME + text.length(), () -> receive(text))) {
            peer.close(CloseCode.TRY_AGAIN_LATER, "too many frames wait");
        }
    }

    private void receive(String text) {
        switch (state) {
            case LoginState.LoggingIn(Login login) -> logIn(login, text);
            case LoginState.Admitted(ManagerCommandHandler handler) -> handle(handler, text);
            default -> {
                // Frames of a client that is being refused.
            }
        }
    }

    private void logIn(Login login, String text) {
        login.deadline().cancel(false);
        JsonNode frame = text.length() > MAX_AUTH_FRAME ? null : object(text);
        if (frame == null) {
            refuse("Authentication failed");
        } else if (!"auth".equals(frame.path("type").asText())) {
            refuse("First message must be authentication");
        } else if (frame.has("token") && !frame.path("token").isTextual()) {
            refuse("Authentication failed");
        } else if (login.key().matches(token(frame.path("token").asText()))) {
            admit();
            send(ManagerFrames.authSuccess());
        } else {
            refuseKey("Invalid authentication token");
        }
    }

    private static String token(String candidate) {
        return BEARER.matcher(candidate.strip()).replaceFirst("").strip();
    }

    private static @Nullable JsonNode object(String text) {
        try {
            JsonNode read = Json.mapper().readTree(text);
            return read.isObject() ? read : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void handle(ManagerCommandHandler handler, String text) {
        try {
            JsonNode frame = Json.mapper().readTree(text);
            if (!(frame instanceof ObjectNode object)) {
                throw new CommandRefusedException("Server error: a message must be a JSON object");
            }
            handler.handle(ManagerCommandParser.parse(object));
        } catch (JsonProcessingException e) {
            send(ManagerFrames.error("Invalid JSON: " + location(e), null));
        } catch (CommandRefusedException e) {
            send(ManagerFrames.error(e.text(), e.session()));
        } catch (RuntimeException e) {
            LOG.error("A frame could not be handled", e);
            send(ManagerFrames.error("Server error: something went wrong", null));
        }
    }

    private static String location(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null
                ? "it ends too soon"
                : "line %d column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    @Override
    public void onBinary(int bytes) {
        tasks.post(() -> {
            switch (state) {
                case LoginState.LoggingIn(Login login) -> {
                    login.deadline().cancel(false);
                    refuse("Authentication failed");
                }
                case LoginState.Admitted<?, ?> _ ->
                        send(
                                ManagerFrames.error(
                                        "Server error: a message must be a text frame", null));
                default -> {
                    // See `receive`.
                }
            }
        });
    }

    /// Runs after the frames that arrived before: a client can disconnect directly after its
    /// prompt.
    @Override
    public void onClosed() {
        tasks.post(() -> {
            LoginState<Login, ManagerCommandHandler> last = state;
            state = state.on(new Trigger.Disconnected<>());
            switch (last) {
                case LoginState.LoggingIn(Login login) -> login.deadline().cancel(false);
                case LoginState.Admitted(ManagerCommandHandler handler) -> handler.close();
                default -> {
                    // Nothing to release.
                }
            }
        });
    }

    private void send(ObjectNode frame) {
        peer.send(new TextFrames(List.of(Json.encode(frame))));
    }
}
