package dev.oriel.agent.api.mcp;

import io.modelcontextprotocol.client.transport.McpHttpClientTransportAuthorizationException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What is behind the exceptions of the library. Pure.
final class McpFailures {
    private McpFailures() {}

    /// The server's refusal of a request without a valid login; null if it is another failure.
    static @Nullable McpHttpClientTransportAuthorizationException refusal(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof McpHttpClientTransportAuthorizationException refused) {
                return refused;
            }
        }
        return null;
    }

    /// What happened, for the user. The library wraps the reason in a message that says nothing.
    static String message(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null && !(reason instanceof IOException)) {
            reason = reason.getCause();
        }
        return reason instanceof InterruptedException
                ? "The server's program has ended."
                : String.valueOf(reason.getMessage());
    }
}
