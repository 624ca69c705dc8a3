package dev.oriel.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.LoginState.Trigger;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Authenticates a client by its `Authorization` header, or by a first frame `auth` if it cannot
/// set headers (wire.md 4.1).
///
/// A client that is not authenticated receives no information about sessions, not even whether one
/// exists.
public final class LoginGate implements DialectConnection {
    /// The maximum length of an `auth` frame in characters.
    private static final int MAX_AUTH_FRAME = 8_192;

    private final Peer peer;
    private final Terms terms;
    private final Supplier<DialectConnection> admission;

    /// Only on the gateway's thread for this client.
    private LoginState<Future<?>, DialectConnection> state = new LoginState.Connecting<>();

    /// The login rules of a dialect.
    ///
    /// @param tokens checks the tokens of `auth` frames
    /// @param policy of the server
    /// @param code close code after a failed login
    /// @param reason close reason after a failed login
    public record Terms(
            TokenCheck tokens,
            ScheduledExecutorService timer,
            LoginPolicy policy,
            int code,
            String reason) {
        /// A copy with another check of `auth` frames.
        public Terms withTokens(TokenCheck other) {
            return new Terms(other, timer, policy, code, reason);
        }
    }

    /// @param login the result of the check of the `Authorization` header
    /// @param admission creates the connection after a successful login; called on a thread of the
    ///   gateway
    public LoginGate(
            UpgradeRequest.Login login,
            Peer peer,
            Terms terms,
            Supplier<DialectConnection> admission) {
        this.peer = peer;
        this.terms = terms;
        this.admission = admission;
        switch (login) {
            case ACCEPTED -> admit();
            case WRONG -> refuse(true);
            case NONE ->
                    state =
                            state.on(
                                    new Trigger.LoginRequired<>(
                                            terms.timer()
                                                    .schedule(
                                                            () -> close("no login in time"),
                                                            terms.policy().within().toMillis(),
                                                            TimeUnit.MILLISECONDS)));
        }
    }

    @Override
    public void onText(String text) {
        switch (state) {
            case LoginState.Admitted(var connection) -> connection.onText(text);
            case LoginState.LoggingIn(var deadline) -> {
                deadline.cancel(false);
                logIn(text);
            }
            default -> {
                // Frames of a client that is being refused.
            }
        }
    }

    private void logIn(String text) {
        String token = text.length() <= MAX_AUTH_FRAME ? token(text) : "";
        if (terms.tokens().accepts(token)) {
            admit();
        } else {
            refuse(!token.isEmpty());
        }
    }

    @Override
    public DialectConnection successor() {
        return state instanceof LoginState.Admitted(var connection) ? connection.successor() : this;
    }

    private void admit() {
        peer.admit();
        state = state.on(new Trigger.Admission<>(admission.get()));
    }

    /// The token of an `auth` frame; an empty text, which is never a valid token, for other frames.
    private static String token(String frame) {
        try {
            JsonNode json = Json.parseObject(frame.getBytes(StandardCharsets.UTF_8));
            if (!"auth".equals(json.path("type").asText())) {
                return "";
            }
            return json.path("credential").path("token").asText(json.path("token").asText(""));
        } catch (MalformedMessageException e) {
            return "";
        }
    }

    @Override
    public void onBinary(int bytes) {
        switch (state) {
            case LoginState.Admitted(var connection) -> connection.onBinary(bytes);
            case LoginState.LoggingIn(var deadline) -> {
                deadline.cancel(false);
                refuse(false);
            }
            default -> {
                // As in `onText`.
            }
        }
    }

    @Override
    public void onClosed() {
        LoginState<Future<?>, DialectConnection> last = state;
        state = state.on(new Trigger.Disconnected<>());
        switch (last) {
            case LoginState.Admitted(var connection) -> connection.onClosed();
            case LoginState.LoggingIn(var deadline) -> deadline.cancel(false);
            default -> {
                // Nothing to release.
            }
        }
    }

    /// @param wrongToken whether the client has presented a wrong token
    private void refuse(boolean wrongToken) {
        state = state.on(new Trigger.Refusal<>());
        if (wrongToken) {
            terms.policy().failedLogins().reply(peer.address(), () -> close(terms.reason()));
        } else {
            close(terms.reason());
        }
    }

    private void close(String reason) {
        peer.close(terms.code(), reason);
    }
}
