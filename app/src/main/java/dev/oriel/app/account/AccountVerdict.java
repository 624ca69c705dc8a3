package dev.oriel.app.account;

import dev.oriel.client.account.AccountCheck;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.platform.FutureFailures;
import org.jspecify.annotations.Nullable;

/// What is said about an account that was tried, or is being tried. It contains no key.
///
/// @param text what is so, a sentence; empty for [State#NONE]
/// @param nextStep what the user can do, a sentence; may be empty
/// @param page an address that helps, with the nextStep; null if there is none
/// @param usable whether the account may be kept although it does not work now
public record AccountVerdict(
        State state, String text, String nextStep, @Nullable String page, boolean usable) {
    /// Where API keys are made.
    public static final String KEYS_PAGE = "https://console.anthropic.com/settings/keys";

    /// Where credit is bought.
    public static final String BILLING_PAGE = "https://console.anthropic.com/settings/billing";

    /// Nothing was tried.
    public static final AccountVerdict NONE = new AccountVerdict(State.NONE, "", "", null, false);

    /// The server is being asked.
    public static final AccountVerdict CHECKING =
            new AccountVerdict(State.CHECKING, "Checking…", "", null, false);

    /// What a check came to.
    public enum State {
        NONE,
        CHECKING,
        WORKS,
        FAILED
    }

    /// What was found.
    ///
    /// @param place where the server is that has tried it
    public static AccountVerdict of(AccountCheck check, AccountInfo.Kind kind, ServerPlace place) {
        String computer = place.computer();
        boolean anthropic = kind == AccountInfo.Kind.ANTHROPIC;
        boolean local = kind == AccountInfo.Kind.LOCAL;
        return switch (check.verdict()) {
            case OK -> new AccountVerdict(State.WORKS, works(check), lacks(check), null, true);
            case BAD_KEY ->
                    failed(
                            check,
                            "The key is not accepted.",
                            anthropic
                                    ? "Copy the whole key once more, or create another one."
                                    : "Ask whoever runs the server for a key, and whether it"
                                            + " expects further headers.",
                            anthropic ? KEYS_PAGE : null,
                            false);
            case NO_CREDIT ->
                    failed(
                            check,
                            "The key is right, but its account has no credit.",
                            "Add credit, then check again.",
                            anthropic ? BILLING_PAGE : null,
                            true);
            case UNREACHABLE ->
                    failed(
                            check,
                            "There is no connection to the server.",
                            local
                                    ? "Start the program that runs the model, then check again."
                                    : anthropic
                                            ? "Check the network and the proxy, then check again."
                                            : "Check the address and the network, then check"
                                                    + " again.",
                            null,
                            true);
            case TLS ->
                    failed(
                            check,
                            "The server’s certificate is not trusted on %s.".formatted(computer),
                            "If your network replaces certificates, install the certificate of its"
                                    + " authority on %s, then check again.".formatted(computer),
                            null,
                            true);
            case PROXY ->
                    failed(
                            check,
                            "The proxy refuses the connection.",
                            "Check the proxy in the settings of %s, then check again."
                                    .formatted(computer),
                            null,
                            true);
            case NOT_MESSAGES_API ->
                    failed(
                            check,
                            "This server does not speak Claude’s Messages API.",
                            local
                                    ? "Update the program: newer versions speak it."
                                    : "Check the address. It ends before “/v1/messages”.",
                            null,
                            false);
            case NO_MODELS ->
                    failed(
                            check,
                            "The server offers no model.",
                            local
                                    ? "Download a model in the program, then check again."
                                    : "Ask whoever runs the server which models your key may use.",
                            null,
                            true);
        };
    }

    private static String works(AccountCheck check) {
        int n = check.models().size();
        return switch (n) {
            case 0 -> "It works.";
            case 1 -> "It works, with the model " + check.models().getFirst().displayName() + ".";
            default -> "It works, with %d models.".formatted(n);
        };
    }

    private static String lacks(AccountCheck check) {
        String lacks = AccountText.lacks(check.lacks());
        return lacks.isEmpty() ? "" : "It has no " + lacks + ".";
    }

    private static AccountVerdict failed(
            AccountCheck check,
            String usual,
            String nextStep,
            @Nullable String page,
            boolean usable) {
        String said = AccountText.line(check.text());
        return new AccountVerdict(
                State.FAILED, said.isEmpty() ? usual : said, nextStep, page, usable);
    }

    /// What the user entered cannot be tried.
    static AccountVerdict wrong(String text, String nextStep) {
        return new AccountVerdict(State.FAILED, text, nextStep, null, false);
    }

    /// Oriel's own server did not do what it was asked for.
    static AccountVerdict refused(Throwable failure) {
        return wrong(AccountText.line(FutureFailures.message(failure)), "");
    }

    /// What a screen reader says: all of it.
    public String spoken() {
        return nextStep.isEmpty() ? text : text + " " + nextStep;
    }
}
