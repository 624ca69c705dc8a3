package dev.oriel.agent.api.turn;

import dev.oriel.agent.api.wire.ApiException;
import java.util.Locale;
import java.util.regex.Pattern;

/// The CLI's names of the API's errors, from which the window takes its explanations. Pure.
final class ApiErrors {
    /// The model ended its response at the limit of its length, again and again.
    static final String TOO_LONG_ANSWER = "max_output_tokens";

    /// The server or the way to it failed.
    static final String SERVER = "server_error";

    /// Nothing more is known.
    static final String UNKNOWN = "unknown";

    private static final Pattern TOO_LONG =
            Pattern.compile(
                    "prompt is too long|exceed_context_size|exceeds? the available context"
                            + "|context (length|window|size)|maximum (context|model) len"
                            + "|input is too long|too many tokens");

    private ApiErrors() {}

    /// The `error` member of the message that reports the failure.
    static String name(ApiException failure) {
        return switch (failure.kind()) {
            case CONNECTION, STALLED, TLS -> SERVER;
            case MALFORMED -> UNKNOWN;
            case STATUS -> failure.status() == 0 ? ofType(failure.errorType()) : ofStatus(failure);
        };
    }

    private static String ofStatus(ApiException failure) {
        return switch (failure.status()) {
            case 400 ->
                    text(failure).contains("credit balance") ? "billing_error" : "invalid_request";
            case 401, 403 -> "authentication_failed";
            case 402 -> "billing_error";
            case 404 -> text(failure).contains("model") ? "model_not_found" : "invalid_request";
            case 408 -> SERVER;
            case 429 -> "rate_limit";
            case 529 -> "overloaded";
            default -> failure.status() < 500 ? "invalid_request" : SERVER;
        };
    }

    /// Of an error within a stream, which has no status.
    private static String ofType(String type) {
        return switch (type) {
            case "authentication_error", "permission_error" -> "authentication_failed";
            case "billing_error" -> "billing_error";
            case "rate_limit_error" -> "rate_limit";
            case "overloaded_error" -> "overloaded";
            case "api_error", "timeout_error" -> SERVER;
            case "invalid_request_error", "request_too_large", "not_found_error" ->
                    "invalid_request";
            default -> UNKNOWN;
        };
    }

    /// Whether the conversation is longer than the model takes.
    static boolean isTooLong(ApiException failure) {
        return switch (failure.status()) {
            case 413 -> true;
            // Local servers name it with any of these.
            case 0, 400, 422, 500 -> TOO_LONG.matcher(text(failure)).find();
            default -> false;
        };
    }

    /// Whether the API refused an image.
    static boolean isImage(ApiException failure) {
        return failure.status() == 400 && text(failure).contains("image");
    }

    private static String text(ApiException failure) {
        return failure.getMessage().toLowerCase(Locale.ROOT);
    }
}
