package dev.oriel.agent.api.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request to the Messages API failed. The message is for the user and contains no secret.
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1;

    private final String message;
    private final Kind kind;
    private final int status;
    private final String errorType;
    private final @Nullable Duration retryAfter;

    /// @param status the HTTP status; 0 without a response
    /// @param errorType the API's `error.type`, or an empty string
    /// @param retryAfter what the server asks to wait; null if it does not say
    public ApiException(
            Kind kind,
            int status,
            String errorType,
            String message,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
        this.kind = kind;
        this.status = status;
        this.errorType = errorType;
        this.retryAfter = retryAfter;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public Kind kind() {
        return kind;
    }

    public int status() {
        return status;
    }

    public String errorType() {
        return errorType;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /// What failed.
    public enum Kind {
        /// A response with an error status, or an `error` event in the stream.
        STATUS,
        /// No connection, or it was cut.
        CONNECTION,
        /// The server's certificate is not trusted.
        TLS,
        /// The server sent nothing for too long.
        STALLED,
        /// The response is not one of the Messages API.
        MALFORMED
    }
}
