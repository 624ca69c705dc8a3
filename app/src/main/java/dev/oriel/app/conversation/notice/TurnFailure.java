package dev.oriel.app.conversation.notice;

import dev.oriel.app.conversation.item.NextStep;
import java.util.ArrayList;
import java.util.List;

/// What the user reads about a turn that failed.
///
/// @param text what happened, in one or two sentences
/// @param steps what can be done about it, the most useful one first
public record TurnFailure(String text, List<NextStep> steps) {
    /// Logs in from a terminal (seen with 2.1.197 and 2.1.332).
    private static final NextStep LOG_IN =
            new NextStep.CopyCommand("Copy login command", "claude auth login");

    static final NextStep BILLING =
            new NextStep.OpenPage("Open billing", "https://console.anthropic.com/settings/billing");

    public TurnFailure {
        steps = List.copyOf(steps);
    }

    /// @param again what continues the conversation: sends the prompt again, or asks to continue
    public static TurnFailure of(FailureReport report, NextStep again) {
        FailureReason reason = FailureReason.of(report);
        return report.isOfAccount()
                ? AccountFailure.of(reason, report, again)
                : new TurnFailure(text(reason, report), steps(reason, again));
    }

    static String text(FailureReason reason, FailureReport report) {
        return switch (reason) {
            case NOT_LOGGED_IN ->
                    "Nobody is logged in to Claude. Log in with `claude auth login` in a terminal,"
                            + " then send the message again.";
            case LOGIN_REFUSED ->
                    "Claude did not accept the login or the API key"
                            + status(report)
                            + ". Log in again, or correct the key, then send the message again.";
            case NO_CREDIT -> "The account has no credit left" + status(report) + ".";
            case RATE_LIMIT ->
                    "Claude accepts no more requests for now, because a limit is reached"
                            + status(report)
                            + ".";
            case OVERLOADED ->
                    "Claude is overloaded"
                            + status(report)
                            + ". This is usually over after a few minutes.";
            case SERVER_ERROR ->
                    "Claude's servers had an error"
                            + status(report)
                            + ". This is usually over after a few minutes.";
            case NO_CONNECTION ->
                    "No connection to Claude. Check the network, the proxy and the firewall.";
            case NO_SUCH_MODEL ->
                    "This model does not exist, or this account has no access to it. Choose"
                            + " another one below the message field.";
            case INVALID_REQUEST -> "Claude rejected the request" + status(report) + ".";
            case PROMPT_TOO_LONG ->
                    "The conversation is too long for the model. Compact it, or start another"
                            + " session.";
            case REQUEST_TOO_LARGE ->
                    "The images and files of the conversation are too large to be sent"
                            + status(report)
                            + ".";
            case ANSWER_CUT -> "The answer was cut off, because it became too long.";
            case MAX_TURNS ->
                    "Stopped at the limit of turns: Claude called tools as often as it may.";
            case MAX_BUDGET -> "Stopped at the spending limit of this session.";
            case OTHER -> report.text().isBlank() ? "The turn ended with an error." : report.text();
        };
    }

    static String status(FailureReport report) {
        return report.status() == 0 ? "" : " (%d)".formatted(report.status());
    }

    static List<NextStep> steps(FailureReason reason, NextStep again) {
        List<NextStep> steps = new ArrayList<>();
        switch (reason) {
            case NOT_LOGGED_IN, LOGIN_REFUSED -> steps.add(LOG_IN);
            case NO_CREDIT -> steps.add(BILLING);
            case PROMPT_TOO_LONG, REQUEST_TOO_LARGE -> steps.add(new NextStep.Compact());
            default -> {
                // Only another attempt helps.
            }
        }
        switch (reason) {
            // Every further turn ends the same way.
            case MAX_BUDGET, PROMPT_TOO_LONG, REQUEST_TOO_LARGE -> {
                return steps;
            }
            case MAX_TURNS, ANSWER_CUT -> steps.add(new NextStep.Continue());
            default -> steps.add(again);
        }
        return steps;
    }
}
