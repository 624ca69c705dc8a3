package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.session.api.ThinkingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The control requests by which clients have changed a session's agents; sent to each later agent
/// before its first prompt. Immutable.
public final class SavedControlRequests {
    private static final String MEMBER = "controls";
    private static final String EFFORT = "effortLevel";

    public static final SavedControlRequests NONE = new SavedControlRequests(Map.of());

    private final Map<String, ObjectNode> requests; // by what they set; values are never modified

    private SavedControlRequests(Map<String, ObjectNode> requests) {
        this.requests = requests;
    }

    /// A copy with one more request, which replaces an earlier one for the same setting.
    public SavedControlRequests with(ObjectNode request) {
        Map<String, ObjectNode> next = new LinkedHashMap<>(requests);
        String key = key(request);
        ObjectNode before = next.remove(key);
        next.put(key, before == null ? request.deepCopy() : joined(before, request));
        return new SavedControlRequests(next);
    }

    /// Servers are turned on and off one by one; of all other requests the last one counts.
    private static String key(ObjectNode request) {
        String subtype = request.path("subtype").asText();
        return subtype.equals(ControlSubtype.MCP_TOGGLE)
                ? subtype + " " + request.path("serverName").asText()
                : subtype;
    }

    /// Keeps the flag settings that the later request does not name.
    private static ObjectNode joined(ObjectNode before, ObjectNode request) {
        ObjectNode joined = request.deepCopy();
        if (before.get("settings") instanceof ObjectNode old
                && request.get("settings") instanceof ObjectNode now) {
            joined.set("settings", old.deepCopy().setAll(now));
        }
        return joined;
    }

    /// A copy with an effort level.
    ///
    /// @throws IllegalArgumentException if there is no such level
    public SavedControlRequests withEffort(String level) {
        ObjectNode request = Json.object().put("subtype", ControlSubtype.APPLY_FLAG_SETTINGS);
        request.putObject("settings").put(EFFORT, level);
        if (!(ControlRules.decide(Role.OWNER, request) instanceof ControlDecision.Allowed)) {
            throw new IllegalArgumentException("no effort level");
        }
        return with(request);
    }

    /// How much the agents think.
    public ThinkingSettings thinking() {
        ObjectNode flags = requests.get(ControlSubtype.APPLY_FLAG_SETTINGS);
        ObjectNode limit = requests.get(ControlSubtype.SET_MAX_THINKING_TOKENS);
        JsonNode tokens = limit == null ? null : limit.get("max_thinking_tokens");
        return new ThinkingSettings(
                flags == null ? null : flags.path("settings").path(EFFORT).textValue(),
                tokens != null && tokens.isInt() ? tokens.intValue() : null);
    }

    /// In the order in which they were made.
    public List<ObjectNode> requests() {
        return requests.values().stream().map(ObjectNode::deepCopy).toList();
    }

    public boolean isEmpty() {
        return requests.isEmpty();
    }

    /// Characters of all requests.
    public int length() {
        return requests.values().stream().mapToInt(r -> r.toString().length()).sum();
    }

    /// The form in the journal, within a session's options. Servers whose `env` or `headers` may
    /// hold a secret are kept in memory only.
    ///
    /// @param options a JSON object
    public String addTo(String options) {
        ObjectNode all = Json.parseStored(options);
        ArrayNode list = Json.mapper().createArrayNode();
        for (ObjectNode request : requests()) {
            if (request.path("subtype").asText().equals(ControlSubtype.MCP_SET_SERVERS)) {
                ObjectNode kept = McpServerRules.withoutKeys(request.path("servers"));
                if (kept.isEmpty() && !request.path("servers").isEmpty()) {
                    continue;
                }
                request.set("servers", kept);
            }
            list.add(request);
        }
        if (!list.isEmpty()) {
            all.set(MEMBER, list);
        }
        return all.toString();
    }

    /// @param options result of [#addTo], or null
    public static SavedControlRequests fromOptions(@Nullable String options) {
        SavedControlRequests all = NONE;
        if (options == null) {
            return all;
        }
        for (JsonNode request : Json.parseStored(options).path(MEMBER)) {
            // What an older version has saved must be valid by the current rules.
            if (request instanceof ObjectNode object
                    && ControlRules.decide(Role.OWNER, object)
                            instanceof ControlDecision.Allowed(var effect)
                    && effect == ControlEffect.CHANGE) {
                all = all.with(object);
            }
        }
        return all;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof SavedControlRequests other && requests.equals(other.requests);
    }

    @Override
    public int hashCode() {
        return requests.hashCode();
    }
}
