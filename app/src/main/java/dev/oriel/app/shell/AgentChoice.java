package dev.oriel.app.shell;

import dev.oriel.client.AgentInfo;
import org.jspecify.annotations.Nullable;

/// A kind of agent that a session can begin with, in words.
///
/// @param found what is there, or what is missing
/// @param remedy what to do if it cannot be used
/// @param mayBypass whether a session with it may run without ever asking
public record AgentChoice(
        String kind,
        String name,
        boolean ready,
        boolean demo,
        String found,
        @Nullable String remedy,
        boolean mayBypass) {

    static AgentChoice of(AgentInfo a) {
        return new AgentChoice(
                a.kind(), name(a.kind()), a.ready(), a.demo(), found(a), a.remedy(), a.mayBypass());
    }

    private static String name(String kind) {
        return switch (kind) {
            case "cli" -> "Claude Code";
            case "api" -> "Claude API";
            case "demo" -> "Demo";
            default -> kind;
        };
    }

    private static String found(AgentInfo a) {
        if (a.demo()) {
            return "Answers are scripted; nothing is sent to Claude.";
        }
        String version = a.version() == null ? "" : " " + a.version();
        return switch (a.status()) {
            case READY ->
                    name(a.kind())
                            + version
                            + (a.where() == null ? " is ready." : " found at " + a.where() + ".");
            case NOT_LOGGED_IN ->
                    name(a.kind()) + version + " is installed, but nobody is logged in.";
            case MISSING -> a.what() == null ? name(a.kind()) + " was not found." : a.what();
        };
    }
}
