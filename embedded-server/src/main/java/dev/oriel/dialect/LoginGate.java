package dev.oriel.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /// Null after the login, or if none is needed. Only on the gateway's thread for this client.
    private @Nullable ScheduledFuture<?> deadline;

    /// Null before the login. Only on the gateway's thread for this client.
    private @Nullable DialectConnection connection;

    private volatile boolean refused;

    /// The login rules of a dialect.
    ///
    /// @param tokens checks the tokens of `auth` frames
    /// @param within the maximum time between connecting and logging in
    /// @param failed counts wrong tokens and delays the replies to them
    /// @param code close code after a failed login
    /// @param reason close reason after a failed login
    public record Terms(
            TokenCheck tokens,
            ScheduledExecutorService timer,
            Duration within,
            FailedLogins failed,
            int code,
            String reason) {
        /// A copy with another check of `auth` frames.
        public Terms withTokens(TokenCheck other) {
            return new Terms(other, timer, within, failed, code, reason);
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
            case ACCEPTED -> connection = admit();
            case WRONG -> refuse(true);
            case NONE ->
                    deadline =
                            terms.timer()
                                    .schedule(
                                            () -> close("no login in time"),
                                            terms.within().toMillis(),
                                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void onText(String text) {
        if (connection != null) {
            connection.onText(text);
        } else if (!refused) {
            String token = text.length() <= MAX_AUTH_FRAME ? token(text) : "";
            if (terms.tokens().accepts(token)) {
                cancelDeadline();
                connection = admit();
            } else {
                refuse(!token.isEmpty());
            }
        }
    }

    @Override
    public DialectConnection successor() {
        return connection == null ? this : connection.successor();
    }

    private DialectConnection admit() {
        peer.admit();
        return admission.get();
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
        if (connection != null) {
            connection.onBinary(bytes);
        } else if (!refused) {
            refuse(false);
        }
    }

    @Override
    public void onClosed() {
        cancelDeadline();
        if (connection != null) {
            connection.onClosed();
        }
    }

    /// @param wrongToken whether the client has presented a wrong token
    private void refuse(boolean wrongToken) {
        refused = true;
        cancelDeadline();
        if (wrongToken) {
            terms.failed().reply(peer.address(), () -> close(terms.reason()));
        } else {
            close(terms.reason());
        }
    }

    private void close(String reason) {
        peer.close(terms.code(), reason);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
