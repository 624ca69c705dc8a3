package dev.oriel.agent.api.turn;

import dev.oriel.agent.api.wire.ApiException;
import java.util.Locale;

/// The CLI's names of the API's errors, from which the window takes its explanations. Pure.
final class ApiErrors {
    private ApiErrors() {}

    /// The `error` member of the message that reports the failure.
    static String name(ApiException failure) {
        return switch (failure.status()) {
            case 401, 403 -> "authentication_failed";
            case 402 -> "billing_error";
            case 404 ->
                    failure.getMessage().toLowerCase(Locale.ROOT).contains("model")
                            ? "model_not_found"
                            : "invalid_request";
            case 429 -> "rate_limit";
            case 529 -> "overloaded";
            case 0 -> "unknown";
            default -> failure.status() < 500 ? "invalid_request" : "server_error";
        };
    }

    /// Whether the conversation is longer than the model takes.
    static boolean isTooLong(ApiException failure) {
        String text = failure.getMessage().toLowerCase(Locale.ROOT);
        return failure.status() == 413
                || (failure.status() == 400
                        && (text.contains("prompt is too long")
                                || text.contains("exceed_context_size")
                                || text.contains("context length")
                                || text.contains("context window")));
    }

    /// Whether the API refused an image.
    static boolean isImage(ApiException failure) {
        return failure.status() == 400
                && failure.getMessage().toLowerCase(Locale.ROOT).contains("image");
    }
}
