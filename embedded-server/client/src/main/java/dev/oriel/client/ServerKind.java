package dev.oriel.client;

import static dev.oriel.client.Capability.ASKS;
import static dev.oriel.client.Capability.COSTS;
import static dev.oriel.client.Capability.FOLDER;
import static dev.oriel.client.Capability.INTERRUPT;
import static dev.oriel.client.Capability.MEMORY;
import static dev.oriel.client.Capability.MODE;
import static dev.oriel.client.Capability.MODEL;
import static dev.oriel.client.Capability.SESSIONS;
import static dev.oriel.client.Capability.TOOL_RESULTS;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The kinds of server a client can speak with: what each can do, and how a lost connection is
/// taken up again.
public enum ServerKind {
    /// Oriel's own wire, and that of hosted sessions.
    NATIVE("sessions", "Oriel", ""),
    /// Queries with options, one after the other.
    ENHANCED("enhanced", "Enhanced server", "/ws"),
    /// One conversation that outlives its socket.
    RELAY("relay", "Relay", "/ws"),
    /// One prompt, one process, one connection; it is stopped by hanging up.
    ONESHOT("oneshot", "One-shot", "/ws/claude"),
    /// Many sessions on one socket.
    MANAGER("manager", "Session manager", "/ws");

    private final String id;
    private final String label;
    private final String defaultPath;

    ServerKind(String word, String label, String usualPath) {
        this.id = word;
        this.label = label;
        this.defaultPath = usualPath;
    }

    /// As it is written on a command line and in files.
    public String id() {
        return id;
    }

    /// For a person.
    public String label() {
        return label;
    }

    /// Where its system listens if an address names no path.
    public String defaultPath() {
        return defaultPath;
    }

    public Set<Capability> capabilities() {
        return switch (this) {
            case NATIVE -> EnumSet.allOf(Capability.class);
            case ENHANCED ->
                    EnumSet.of(TOOL_RESULTS, COSTS, INTERRUPT, MEMORY, FOLDER, MODE, MODEL);
            case RELAY -> EnumSet.of(TOOL_RESULTS, COSTS, INTERRUPT, MEMORY);
            case ONESHOT -> EnumSet.of(TOOL_RESULTS, COSTS, INTERRUPT);
            case MANAGER -> EnumSet.of(SESSIONS, ASKS, MEMORY, FOLDER, MODE);
        };
    }

    public boolean supports(Capability what) {
        return capabilities().contains(what);
    }

    /// How a client reconnects after a connection was lost: as the kind's own clients do it, but
    /// never for ever, except on Oriel's own wire.
    public ReconnectPolicy reconnectPolicy() {
        return switch (this) {
            case NATIVE -> ReconnectPolicy.SESSIONS;
            case ONESHOT, MANAGER -> ReconnectPolicy.STANDARD;
            // Its own page comes back two seconds after every close, without end; here that lasts a
            // minute.
            case ENHANCED -> ReconnectPolicy.STANDARD.withMaxAttempts(30);
            // Its own client never comes back by itself.
            case RELAY -> ReconnectPolicy.STANDARD.withMaxAttempts(0);
        };
    }

    public static Optional<ServerKind> find(String word) {
        return Arrays.stream(values()).filter(k -> k.id.equals(word)).findFirst();
    }

    /// The kind that a path belongs to, where only one has it. `/ws` may be any of three: that only
    /// the first frame tells.
    public static Optional<ServerKind> findByPath(String path) {
        String end = path.replaceAll("/+$", "");
        if (end.endsWith("/ws/claude")) {
            return Optional.of(ONESHOT);
        }
        if (end.endsWith("/enhanced/ws")) {
            return Optional.of(ENHANCED);
        }
        if (end.endsWith("/relay/ws")) {
            return Optional.of(RELAY);
        }
        if (end.endsWith("/manager/ws") || end.endsWith("/agent/ws")) {
            return Optional.of(MANAGER);
        }
        return end.endsWith("/ws") ? Optional.empty() : Optional.of(NATIVE);
    }
}
