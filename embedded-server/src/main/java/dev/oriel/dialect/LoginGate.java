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

/// Lets a client in by its header, or by a first frame `auth` where it cannot set headers (wire.md
/// 4.1).
///
/// Nothing is said of a session to one that is not let in, not even whether it exists.
public final class LoginGate implements DialectConnection {
    /// Longer than any `auth` frame.
    private static final int MAX_AUTH_FRAME = 8_192;

    private final Peer peer;
    private final Terms terms;
    private final Supplier<DialectConnection> admission;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable DialectConnection inside;
    private volatile boolean refused;

    /// @param within how long a client may take to log in
    /// @param failed is told of every wrong token
    /// @param code close code for one that does not
    /// @param reason its text
    public record Terms(
            TokenCheck tokens,
            ScheduledExecutorService timer,
            Duration within,
            FailedLogins failed,
            int code,
            String reason) {
        /// The same with another check of what a first frame shows.
        public Terms withTokens(TokenCheck other) {
            return new Terms(other, timer, within, failed, code, reason);
        }
    }

    /// @param login what the client has shown so far
    /// @param admission called once the client is in, on a thread of the gateway
    public LoginGate(
            UpgradeRequest.Login login,
            Peer peer,
            Terms terms,
            Supplier<DialectConnection> admission) {
        this.peer = peer;
        this.terms = terms;
        this.admission = admission;
        switch (login) {
            case ACCEPTED -> inside = admitted();
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
        if (inside != null) {
            inside.onText(text);
        } else if (!refused) {
            String token = text.length() <= MAX_AUTH_FRAME ? token(text) : "";
            if (terms.tokens().accepts(token)) {
                cancelDeadline();
                inside = admitted();
            } else {
                refuse(!token.isEmpty());
            }
        }
    }

    private DialectConnection admitted() {
        peer.admit();
        return admission.get();
    }

    /// The token of an `auth` frame, or an empty text, which is never a token.
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
        if (inside != null) {
            inside.onBinary(bytes);
        } else if (!refused) {
            refuse(false);
        }
    }

    @Override
    public void onClosed() {
        cancelDeadline();
        if (inside != null) {
            inside.onClosed();
        }
    }

    /// @param showedToken a wrong one
    private void refuse(boolean showedToken) {
        refused = true;
        cancelDeadline();
        if (showedToken) {
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
