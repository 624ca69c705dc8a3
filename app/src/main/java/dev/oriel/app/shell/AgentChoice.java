package dev.oriel.app.shell;

import dev.oriel.client.AgentInfo;
import org.jspecify.annotations.Nullable;

/// A kind of agent that a session can begin with, in words.
///
/// @param status what is there, or what is missing
/// @param remedy what to do if it cannot be used
/// @param mayBypass whether a session with it may run without ever asking
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
                    name(a.kind()) + version + " is installed, but nobody is logged in.";
            case MISSING -> a.problem() == null ? name(a.kind()) + " was not found." : a.problem();
        };
    }
}
