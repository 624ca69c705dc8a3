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

/// The kinds of server that the client supports, and what each can do.
public enum ServerKind {
    /// Oriel's own wire, which is also that of hosted sessions.
    NATIVE("sessions", "Oriel", ""),
    /// Queries with options, one after the other.
    ENHANCED("enhanced", "Enhanced server", "/ws"),
    /// One conversation, independent of the socket.
    RELAY("relay", "Relay", "/ws"),
    /// One prompt and one process a connection; closing the connection interrupts it.
    ONESHOT("oneshot", "One-shot", "/ws/claude"),
    /// Many sessions on one socket.
    MANAGER("manager", "Session manager", "/ws");

    private final String id;
    private final String label;
    private final String defaultPath;

    ServerKind(String id, String label, String defaultPath) {
        this.id = id;
        this.label = label;
        this.defaultPath = defaultPath;
    }

    /// The name on command lines and in files.
    ///
    /// @return `sessions`, `enhanced`, `relay`, `oneshot` or `manager`
    public String id() {
        return id;
    }

    /// The name for the user.
    ///
    /// @return one or two words
    public String label() {
        return label;
    }

    /// The path that is used if an address has none.
    ///
    /// @return begins with a slash; empty for [#NATIVE]
    public String defaultPath() {
        return defaultPath;
    }

    /// What servers of this kind can do.
    ///
    /// @return a copy
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

    /// Whether servers of this kind can do something.
    ///
    /// @param capability what
    /// @return whether they can
    public boolean supports(Capability capability) {
        return capabilities().contains(capability);
    }

    /// Whether the agent of a new session can be chosen.
    ///
    /// @return whether [NewSessionRequest#agent()] has an effect
    public boolean hasAgents() {
        return this == NATIVE;
    }

    /// Whether all sessions share one connection with their list.
    ///
    /// @return false if each subscription has a connection of its own
    public boolean usesOneConnection() {
        return this != NATIVE;
    }

    /// Whether the server keeps a limited number of sessions, beyond the connection, so that a
    /// client should end those that it no longer needs.
    ///
    /// @return whether it is so
    public boolean limitsSessions() {
        return this == MANAGER;
    }

    /// Whether the credential is a key that the server usually requires, instead of an optional
    /// token.
    ///
    /// @return whether it is
    public boolean expectsKey() {
        return this == MANAGER;
    }

    /// How a client reconnects: as the kind's own clients do, but not without end, except for
    /// [#NATIVE].
    ///
    /// @return the default policy
    public ReconnectPolicy reconnectPolicy() {
        return switch (this) {
            case NATIVE -> ReconnectPolicy.SESSIONS;
            case ONESHOT, MANAGER -> ReconnectPolicy.STANDARD;
            // Its own page reconnects two seconds after every close, without end; here for a
            // minute.
            case ENHANCED -> ReconnectPolicy.STANDARD.withMaxAttempts(30);
            // Its own client does not reconnect by itself.
            case RELAY -> ReconnectPolicy.STANDARD.withMaxAttempts(0);
        };
    }

    /// The kind with an id.
    ///
    /// @param id see [#id()]
    /// @return empty if there is none
    public static Optional<ServerKind> find(String id) {
        return Arrays.stream(values()).filter(k -> k.id.equals(id)).findFirst();
    }

    /// The kind that a path belongs to. Three kinds use `/ws`; there only the first frame tells.
    ///
    /// @param path of the server's address
    /// @return empty if several kinds use this path
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
