package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What one client has declared in `initialize` to handle for the agent.
///
/// @param hooks by event, in the CLI's shape
/// @param servers names of MCP servers that the client runs, reached by `mcp_message`
/// @param dialogs kinds of dialogs that the client shows
record ClientDeclaration(ObjectNode hooks, Set<String> servers, Set<String> dialogs) {
    private static final int MOST = 100;
    private static final int LONGEST = 64 * 1024;
    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern EVENT = Pattern.compile("[A-Za-z]{1,60}");
    private static final Set<String> MATCHER =
            Set.of("matcher", "hookCallbackIds", "timeout", "onFailure");

    /// The members of `initialize` that belong to one client.
    static final Map<String, ValueRule> MEMBERS =
            Map.of(
                    "hooks",
                    new ValueRule(
                                    "an object of hook matchers by event, each with"
                                            + " hookCallbackIds, at most 64 KiB",
                                    v -> v.toString().length() <= LONGEST && areHooks(v))
                            .orNull(),
                    "sdkMcpServers",
                    new ValueRule("a list of server names", v -> areTexts(v, SERVER)).orNull(),
                    "supportedDialogKinds",
                    new ValueRule("a list of names", v -> areTexts(v, Pattern.compile(".{1,100}")))
                            .orNull());

    /// All other members concern the whole session and its other clients; they are accepted only if
    /// they ask for nothing.
    static final ValueRule OTHERS =
            new ValueRule(
                    "left out: Oriel does not take this from one client of a session",
                    ClientDeclaration::isNothing);

    static ClientDeclaration of(ObjectNode initialize) {
        Set<String> servers = new LinkedHashSet<>();
        initialize.path("sdkMcpServers").forEach(s -> servers.add(s.asText()));
        Set<String> dialogs = new LinkedHashSet<>();
        initialize.path("supportedDialogKinds").forEach(d -> dialogs.add(d.asText()));
        ObjectNode hooks =
                initialize.get("hooks") instanceof ObjectNode o
                        ? o.deepCopy()
                        : initialize.objectNode();
        return new ClientDeclaration(hooks, servers, dialogs);
    }

    boolean isEmpty() {
        return hooks.isEmpty() && servers.isEmpty() && dialogs.isEmpty();
    }

    /// How long the client may take for a hook, as it has declared.
    Duration timeoutOf(String callbackId, Duration standard) {
        for (JsonNode matchers : hooks) {
            for (JsonNode matcher : matchers) {
                for (JsonNode id : matcher.path("hookCallbackIds")) {
                    if (id.asText().equals(callbackId) && matcher.path("timeout").isNumber()) {
                        double seconds = matcher.path("timeout").doubleValue();
                        return Duration.ofMillis((long) (seconds * 1_000));
                    }
                }
            }
        }
        return standard;
    }

    private static boolean areHooks(JsonNode hooks) {
        if (!hooks.isObject() || hooks.size() > MOST) {
            return false;
        }
        return hooks.properties().stream()
                .allMatch(e -> EVENT.matcher(e.getKey()).matches() && areMatchers(e.getValue()));
    }

    private static boolean areMatchers(JsonNode matchers) {
        boolean all = matchers.isArray() && matchers.size() <= MOST;
        for (JsonNode each : matchers) {
            JsonNode matcher = each.path("matcher");
            JsonNode timeout = each.path("timeout");
            all &=
                    each.isObject()
                            && each.properties().stream()
                                    .allMatch(m -> MATCHER.contains(m.getKey()))
                            && (matcher.isMissingNode() || matcher.isNull() || matcher.isTextual())
                            && areTexts(each.path("hookCallbackIds"), Pattern.compile(".{1,200}"))
                            && (timeout.isMissingNode()
                                    || (timeout.isNumber()
                                            && timeout.doubleValue() > 0
                                            && timeout.doubleValue() <= 3_600));
        }
        return all;
    }

    private static boolean areTexts(JsonNode list, Pattern shape) {
        boolean all = list.isArray() && list.size() <= MOST;
        for (JsonNode each : list) {
            all &= each.isTextual() && shape.matcher(each.textValue()).matches();
        }
        return all;
    }

    private static boolean isNothing(JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode each : value) {
                if (!isNothing(each)) {
                    return false;
                }
            }
            return true;
        }
        return value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isTextual() && value.textValue().isEmpty());
    }
}
