package dev.oriel.client.link;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/// How a connection, or an attempt at one, ended: what the close codes of `PROTOCOL.md` and the
/// failures of an upgrade mean.
public sealed interface DisconnectReason {
    record Lost(String why) implements DisconnectReason {}

    record NotFound() implements DisconnectReason {}

    record Refused(String why) implements DisconnectReason {}

    record TooLarge() implements DisconnectReason {}

    /// It was over as it should be: a server that takes one prompt a connection has had its.
    record Finished() implements DisconnectReason {}

    /// For a person.
    default String description() {
        return switch (this) {
            case Lost(String why) -> why;
            case Refused(String why) -> why;
            case NotFound _ -> "The server knows this session no more.";
            case TooLarge _ -> "The server refused a message as too large.";
            case Finished _ -> "The connection is over.";
        };
    }

    static DisconnectReason fromCloseCode(int code) {
        return switch (code) {
            case 4003 -> new Refused("The server refused the token.");
            case 4001 -> new NotFound();
            case 1009 -> new TooLarge();
            case 1001 -> new Lost("The server went down.");
            case 4008 -> new Lost("The server found us too slow.");
            case 4009 -> new Lost("The server's journal is another one than before.");
            default -> new Lost("The connection was closed (" + code + ").");
        };
    }

    /// Of a connection that was never open.
    static DisconnectReason fromFailedAttempt(Throwable thrown) {
        return fromFailure(thrown, "The server hung up before it had answered.");
    }

    /// Of a connection that was open.
    static DisconnectReason fromFailure(Throwable thrown) {
        return fromFailure(thrown, "The connection was lost.");
    }

    private static DisconnectReason fromFailure(Throwable thrown, String otherwise) {
        Throwable cause =
                thrown instanceof CompletionException c && c.getCause() != null
                        ? c.getCause()
                        : thrown;
        return switch (cause) {
            case WebSocketHandshakeException refused ->
                    ofStatus(refused.getResponse().statusCode());
            case HttpTimeoutException _ -> new Lost("The server did not answer in time.");
            case ConnectException _ -> new Lost("No server answers at this address.");
            case UnresolvedAddressException _ -> new Lost("No computer has this name.");
            case SSLException tls -> new Refused(tls(tls));
            default -> new Lost(otherwise);
        };
    }

    private static String tls(SSLException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("PKIX") || said.contains("certificate_unknown")
                ? "The server's certificate is not trusted. Its authority can be named in the"
                        + " settings."
                : said.contains("bad_certificate") || said.contains("certificate_required")
                        ? "The server wants a client certificate that it knows."
                        : "No secure connection could be made: " + said;
    }

    private static DisconnectReason ofStatus(int status) {
        return switch (status) {
            case 401 -> new Refused("The server refused the token.");
            case 403 -> new Refused("The server does not let this computer or address in.");
            case 404 -> new Refused("There is no such server at this address.");
            case 407 -> new Refused("The proxy wants a login, which is not supported.");
            default -> new Lost("The server answered with status " + status + ".");
        };
    }
}
