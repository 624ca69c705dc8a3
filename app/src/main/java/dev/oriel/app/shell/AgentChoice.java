package dev.oriel.app.shell;

import dev.oriel.client.AgentInfo;
import org.jspecify.annotations.Nullable;

/// A kind of agent that a new session can use, as it is shown to the user.
///
/// @param kind as on the wire: `cli`, `api` or `demo`
/// @param ready whether a session can use it now
/// @param demo whether its answers are scripted
/// @param status a sentence about what was found, or what is missing
/// @param remedy what the user can do if it is not ready; code stands between backticks
/// @param mayBypass whether [PermissionMode#BYPASS] can be chosen for it
public record AgentChoice(
        String kind,
        String name,
        boolean ready,
        boolean demo,
        String status,
        @Nullable String remedy,
        boolean mayBypass) {

    static AgentChoice from(AgentInfo a) {
        return new AgentChoice(
                a.kind(),
                name(a.kind()),
                a.isReady(),
                a.isDemo(),
                status(a),
                a.remedy(),
                a.canBypass());
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
