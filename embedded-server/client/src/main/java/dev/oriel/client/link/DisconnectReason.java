package dev.oriel.client.link;

import dev.oriel.message.CloseCode;
import dev.oriel.platform.FutureFailures;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/// Why a connection, or an attempt at one, ended: the meaning of the close codes of `PROTOCOL.md`
/// and of the failures of an upgrade.
public sealed interface DisconnectReason {
    /// It may come back.
    ///
    /// @param cause a sentence for the user
    record Lost(String cause) implements DisconnectReason {}

    /// The server does not know the session.
    record NotFound() implements DisconnectReason {}

    /// The server does not accept us; another attempt would not help.
    ///
    /// @param cause a sentence for the user
    record Refused(String cause) implements DisconnectReason {}

    /// A message of ours was too large; it would be so again.
    record TooLarge() implements DisconnectReason {}

    /// Normal close: a one-shot server closes after its single prompt.
    record Finished() implements DisconnectReason {}

    /// A sentence for the user.
    default String description() {
        return switch (this) {
            case Lost(String cause) -> cause;
            case Refused(String cause) -> cause;
            case NotFound _ -> "The server does not know this session any more.";
            case TooLarge _ -> "The server refused a message because it was too large.";
            case Finished _ -> "The connection was closed.";
        };
    }

    /// The meaning of a close code on the native wire.
    static DisconnectReason fromCloseCode(int code) {
        return switch (code) {
            case CloseCode.NOT_AUTHORIZED -> new Refused("The server refused the token.");
            case CloseCode.NO_SUCH_SESSION -> new NotFound();
            case CloseCode.MESSAGE_TOO_BIG -> new TooLarge();
            case CloseCode.GOING_AWAY -> new Lost("The server went down.");
            case CloseCode.TOO_SLOW ->
                    new Lost("The server closed the connection because it was read too slowly.");
            case CloseCode.OTHER_JOURNAL -> new Lost("The server's journal was replaced.");
            default -> new Lost("The connection was closed (" + code + ").");
        };
    }

    /// The meaning of a failure of a connection that was never open.
    static DisconnectReason fromFailedAttempt(Throwable thrown) {
        return fromFailure(thrown, "The server closed the connection before it had answered.");
    }

    /// The meaning of a failure of a connection that was open.
    static DisconnectReason fromFailure(Throwable thrown) {
        return fromFailure(thrown, "The connection was lost.");
    }

    private static DisconnectReason fromFailure(Throwable thrown, String otherwise) {
        return switch (FutureFailures.unwrap(thrown)) {
            case WebSocketHandshakeException refused ->
                    fromStatus(refused.getResponse().statusCode());
            case HttpTimeoutException _ -> new Lost("The server did not answer in time.");
            case ConnectException _ -> new Lost("No server answers at this address.");
            case UnresolvedAddressException _ -> new Lost("No computer has this name.");
            case SSLException tls -> new Refused(tls(tls));
            default -> new Lost(otherwise);
        };
    }

    private static String tls(SSLException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("PKIX") || message.contains("certificate_unknown")
                ? "The server's certificate is not trusted. Its authority can be added in the"
                        + " settings."
                : message.contains("bad_certificate") || message.contains("certificate_required")
                        ? "The server requires a client certificate that it knows."
                        : "No secure connection is possible: " + message;
    }

    private static DisconnectReason fromStatus(int status) {
        return switch (status) {
            case 401 -> new Refused("The server refused the token.");
            case 403 -> new Refused("The server does not accept this computer or address.");
            case 404 -> new Refused("There is no such server at this address.");
            case 407 -> new Refused("The proxy requires a login, which is not supported.");
            default -> new Lost("The server answered with status " + status + ".");
        };
    }
}
