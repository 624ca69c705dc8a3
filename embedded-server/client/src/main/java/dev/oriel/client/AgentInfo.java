package dev.oriel.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kind of agent that the server knows, and whether it can be used there.
///
/// @param kind `cli`, `api`, `demo`
/// @param preferred whether the server takes it when nobody names one
/// @param canBypass whether a session with it may run without ever asking
/// @param version as it says itself
/// @param executable its executable
/// @param problem what is so, for a person, where it is not ready
/// @param remedy what to do, for a person, where it is not ready
public record AgentInfo(
        String kind,
        Status status,
        boolean preferred,
        boolean canBypass,
        @Nullable String version,
        @Nullable String executable,
        @Nullable String problem,
        @Nullable String remedy) {

    /// One that always asks.
    public AgentInfo(
            String kind,
            Status status,
            boolean preferred,
            @Nullable String version,
            @Nullable String where,
            @Nullable String what,
            @Nullable String remedy) {
        this(kind, status, preferred, false, version, where, what, remedy);
    }

    public enum Status {
        READY,
        NOT_LOGGED_IN,
        MISSING
    }

    public boolean isReady() {
        return status == Status.READY;
    }

    public boolean isDemo() {
        return kind.equals("demo");
    }

    public static List<AgentInfo> listFromJson(JsonNode answer) {
        String preferred = answer.path("default").asText();
        boolean mayBypass = answer.path("may_bypass").asBoolean();
        List<AgentInfo> agents = new ArrayList<>();
        for (JsonNode a : answer.path("agents")) {
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
                            // The demo has nothing that could be bypassed.
                            mayBypass && !kind.equals("demo"),
                            a.path("version").textValue(),
                            a.path("where").textValue(),
                            a.path("what").textValue(),
                            a.path("remedy").textValue()));
        }
        return List.copyOf(agents);
    }
}
