package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An agent of the server, and whether it can be used there.
///
/// @param kind `cli`, `api` or `demo`
/// @param status whether it can be used
/// @param preferred whether the server uses it if a client chooses none
/// @param canBypass whether the permission mode `bypassPermissions` is allowed
/// @param version its version; null if it is not known
/// @param executable the path of its executable; null if it has none
/// @param problem why it is not ready, a sentence for the user; null if it is
/// @param remedy what to do about it, a sentence for the user; null if there is nothing
public record AgentInfo(
        String kind,
        Status status,
        boolean preferred,
        boolean canBypass,
        @Nullable String version,
        @Nullable String executable,
        @Nullable String problem,
        @Nullable String remedy) {

    /// An agent without `bypassPermissions`.
    ///
    /// @param kind `cli`, `api` or `demo`
    /// @param status whether it can be used
    /// @param preferred whether the server uses it if a client chooses none
    /// @param version its version; null if it is not known
    /// @param executable the path of its executable; null if it has none
    /// @param problem why it is not ready, a sentence for the user; null if it is
    /// @param remedy what to do about it, a sentence for the user; null if there is nothing
    public AgentInfo(
            String kind,
            Status status,
            boolean preferred,
            @Nullable String version,
            @Nullable String executable,
            @Nullable String problem,
            @Nullable String remedy) {
        this(kind, status, preferred, false, version, executable, problem, remedy);
    }

    /// Whether an agent can be used.
    public enum Status {
        /// It can be used.
        READY,
        /// It is installed, but nobody is logged in.
        NOT_LOGGED_IN,
        /// It is not installed, or its version is not supported.
        MISSING
    }

    /// Whether it can be used.
    ///
    /// @return whether it can
    public boolean isReady() {
        return status == Status.READY;
    }

    /// Whether it is the demo, which answers offline.
    ///
    /// @return whether it is
    public boolean isDemo() {
        return kind.equals("demo");
    }

    /// Parses the reply of `GET /v1/agents`.
    ///
    /// @param reply `{"default", "may_bypass", "agents"}`
    /// @return the agents, in the order of the server
    public static List<AgentInfo> listFromJson(JsonNode reply) {
        String preferred = reply.path("default").asText();
        boolean mayBypass = reply.path("may_bypass").asBoolean();
        List<AgentInfo> agents = new ArrayList<>();
        for (JsonNode a : reply.path("agents")) {
            String kind = a.path("kind").asText();
            agents.add(
                    new AgentInfo(
                            kind,
                            switch (a.path("status").asText()) {
                                case "ready" -> Status.READY;
                                case "not_logged_in" -> Status.NOT_LOGGED_IN;
                                default -> Status.MISSING;
                            },
                            kind.equals(preferred),
                            // The demo asks nothing.
                            mayBypass && !kind.equals("demo"),
                            a.path("version").textValue(),
                            a.path("where").textValue(),
                            a.path("what").textValue(),
                            a.path("remedy").textValue()));
        }
        return List.copyOf(agents);
    }
}
