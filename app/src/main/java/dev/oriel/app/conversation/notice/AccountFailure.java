package dev.oriel.app.conversation.notice;

import dev.oriel.app.conversation.item.NextStep;
import java.util.ArrayList;
import java.util.List;

/// What the user reads about a turn that failed with an account of the Messages API: what the CLI
/// would need, such as a login, does not help there.
final class AccountFailure {
    private static final String ANTHROPIC = "api.anthropic.com";
    private static final int FORBIDDEN = 403;
    private static final String REMOVED = "The account of this session was removed";

    private AccountFailure() {}

    static TurnFailure of(FailureReason reason, FailureReport report, NextStep again) {
        return new TurnFailure(text(reason, report), steps(reason, report, again));
    }

    private static String text(FailureReason reason, FailureReport report) {
        String host = report.host();
        String status = TurnFailure.status(report);
        return switch (reason) {
            case NOT_LOGGED_IN, LOGIN_REFUSED ->
                    report.text().contains(REMOVED)
                            ? REMOVED + ". Start a new session with another one."
                            : refused(report);
            case RATE_LIMIT ->
                    "%s accepts no more requests for now, because a limit is reached%s."
                            .formatted(host, status);
            case OVERLOADED ->
                    "%s is overloaded%s. This is usually over after a few minutes."
                            .formatted(host, status);
            case SERVER_ERROR ->
                    "%s had an error%s. If it lasts, ask whoever runs the server."
                            .formatted(host, status);
            case NO_CONNECTION ->
                    report.text().contains(host)
                            ? report.text()
                            : "No connection to %s. Check the network, the proxy and the firewall."
                                    .formatted(host);
            case INVALID_REQUEST ->
                    "%s rejected the request%s%s".formatted(host, status, words(report));
            default -> TurnFailure.text(reason, report);
        };
    }

    private static String refused(FailureReport report) {
        String host = report.host();
        String status = TurnFailure.status(report);
        return report.status() == FORBIDDEN
                ? "%s does not allow this%s%s".formatted(host, status, words(report))
                : ("%s did not accept the key of this account%s. Replace the key, then send the"
                                + " message again.")
                        .formatted(host, status);
    }

    /// What the server itself says, after a colon; a full stop if it says nothing.
    private static String words(FailureReport report) {
        String text = report.text();
        int at = text.indexOf("): ");
        String words = at < 0 ? "" : text.substring(at + 3).strip();
        if (words.isEmpty()) {
            return ".";
        }
        return ": " + words + (words.matches("(?s).*[.!?…]") ? "" : ".");
    }

    private static List<NextStep> steps(
            FailureReason reason, FailureReport report, NextStep again) {
        return switch (reason) {
            case NOT_LOGGED_IN, LOGIN_REFUSED -> List.of(new NextStep.OpenAccounts(), again);
            case NO_CREDIT ->
                    report.host().equals(ANTHROPIC)
                            ? List.of(TurnFailure.BILLING, again)
                            : List.of(new NextStep.OpenAccounts(), again);
            case NO_CONNECTION -> List.of(again, new NextStep.OpenAccounts());
            default -> new ArrayList<>(TurnFailure.steps(reason, again));
        };
    }
}
