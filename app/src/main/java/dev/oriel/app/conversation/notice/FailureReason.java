package dev.oriel.app.conversation.notice;

import dev.oriel.message.ResultSubtype;

/// Why a turn failed.
public enum FailureReason {
    NOT_LOGGED_IN,
    LOGIN_REFUSED,
    NO_CREDIT,
    RATE_LIMIT,
    OVERLOADED,
    SERVER_ERROR,
    NO_CONNECTION,
    NO_SUCH_MODEL,
    INVALID_REQUEST,
    PROMPT_TOO_LONG,
    REQUEST_TOO_LARGE,
    ANSWER_CUT,
    MAX_TURNS,
    MAX_BUDGET,
    OTHER;

    /// The status that the API has for overload.
    private static final int OVERLOAD = 529;

    /// The reason of a turn that failed.
    public static FailureReason of(FailureReport report) {
        switch (report.subtype()) {
            case ResultSubtype.ERROR_MAX_TURNS -> {
                return MAX_TURNS;
            }
            case ResultSubtype.ERROR_MAX_BUDGET_USD -> {
                return MAX_BUDGET;
            }
            default -> {
                // The other members tell.
            }
        }
        switch (report.terminalReason()) {
            case "prompt_too_long" -> {
                return PROMPT_TOO_LONG;
            }
            case "image_error" -> {
                return REQUEST_TOO_LARGE;
            }
            default -> {
                // The error and the status tell.
            }
        }
        return switch (report.error()) {
            case "authentication_failed", "oauth_org_not_allowed" ->
                    report.status() == 0 ? NOT_LOGGED_IN : LOGIN_REFUSED;
            case "billing_error" -> NO_CREDIT;
            // The API reports it as a bad request.
            case "invalid_request", "unknown" ->
                    report.text().contains("credit balance is too low")
                            ? NO_CREDIT
                            : ofStatus(report);
            case "rate_limit" -> RATE_LIMIT;
            case "overloaded" -> OVERLOADED;
            case "model_not_found" -> NO_SUCH_MODEL;
            case "max_output_tokens" -> ANSWER_CUT;
            default -> ofStatus(report);
        };
    }

    private static FailureReason ofStatus(FailureReport report) {
        int status = report.status();
        return switch (status) {
            case 0 -> ofError(report);
            case 401, 403 -> LOGIN_REFUSED;
            case 402 -> NO_CREDIT;
            case 413 -> REQUEST_TOO_LARGE;
            case 429 -> RATE_LIMIT;
            case OVERLOAD -> OVERLOADED;
            default -> status >= 500 ? SERVER_ERROR : INVALID_REQUEST;
        };
    }

    /// Without a status, there was no complete response.
    private static FailureReason ofError(FailureReport report) {
        return switch (report.error()) {
            // A refused or broken connection is reported as an error of the server too.
            case "server_error" -> NO_CONNECTION;
            case "invalid_request" -> INVALID_REQUEST;
            // The agent of the Messages API names the host if it did not come to a response.
            default ->
                    report.isOfAccount() && report.text().contains(report.host())
                            ? NO_CONNECTION
                            : OTHER;
        };
    }
}
