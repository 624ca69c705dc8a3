package dev.oriel.app.shell;

import dev.oriel.client.AgentInfo;
import dev.oriel.client.account.AccountInfo;
import org.jspecify.annotations.Nullable;

/// An agent that a new session can use, as it is shown to the user.
///
/// @param kind as on the wire: `cli`, `api` or `demo`
/// @param account the id of the account that the agent `api` uses; null for the server's choice
/// @param ready whether a session can use it now
/// @param demo whether its answers are scripted
/// @param preferred whether the server uses it if the user chooses none
/// @param status a sentence about what was found, or what is missing
/// @param remedy what the user can do if it is not ready; code stands between backticks
/// @param mayBypass whether [PermissionMode#BYPASS] can be chosen for it
public record AgentChoice(
        String kind,
        @Nullable String account,
        String name,
        boolean ready,
        boolean demo,
        boolean preferred,
        String status,
        @Nullable String remedy,
        boolean mayBypass) {

    static AgentChoice from(AgentInfo a) {
        return new AgentChoice(
                a.kind(),
                null,
                name(a.kind()),
                a.isReady(),
                a.isDemo(),
                a.preferred(),
                status(a),
                a.remedy(),
                a.canBypass());
    }

    /// The agent of the Messages API with one of the accounts.
    ///
    /// @param only whether it is the only account
    static AgentChoice from(AgentInfo a, AccountInfo account, boolean only) {
        String name = AccountNames.name(account);
        String host = AccountNames.host(account.baseUrl());
        return new AgentChoice(
                a.kind(),
                account.id(),
                name,
                true,
                false,
                a.preferred() && (account.preferred() || only),
                name.equals(host)
                        ? "Answers come from " + host + "."
                        : "Answers come from " + name + " at " + host + ".",
                null,
                a.canBypass());
    }

    /// Whether it is the same agent with the same account.
    boolean isSame(AgentChoice other) {
        return kind.equals(other.kind)
                && (account == null ? other.account == null : account.equals(other.account));
    }

    private static String name(String kind) {
        return switch (kind) {
            case "cli" -> "Claude Code";
            case "api" -> "Claude API";
            case "demo" -> "Demo";
            default -> kind;
        };
    }

    private static String status(AgentInfo a) {
        if (a.isDemo()) {
            return "Answers are scripted; nothing is sent to Claude.";
        }
        String version = a.version() == null ? "" : " " + a.version();
        return switch (a.status()) {
            case READY ->
                    name(a.kind())
                            + version
                            + (a.executable() == null
                                    ? " is ready."
                                    : " found at " + a.executable() + ".");
            case NOT_LOGGED_IN ->
                    name(a.kind()) + version + " is installed, but you are not logged in.";
            case MISSING -> a.problem() == null ? name(a.kind()) + " was not found." : a.problem();
        };
    }
}
