package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What clients have changed of a session's agents by control requests: sent again to each later
/// one before its first prompt. Immutable.
public final class SavedControlRequests {
    private static final String MEMBER = "controls";

    public static final SavedControlRequests NONE = new SavedControlRequests(Map.of());

    private final Map<String, ObjectNode> requests; // by what they set; never changed in place

    private SavedControlRequests(Map<String, ObjectNode> requests) {
        this.requests = requests;
    }

    /// With a request that the agent has taken, or that waits for the next one.
    public SavedControlRequests with(ObjectNode request) {
        Map<String, ObjectNode> next = new LinkedHashMap<>(requests);
        String key = key(request);
        ObjectNode before = next.remove(key);
        next.put(key, before == null ? request.deepCopy() : joined(before, request));
        return new SavedControlRequests(next);
    }

    /// Each server is turned on or off by itself; of all else the last word counts.
    private static String key(ObjectNode request) {
        String subtype = request.path("subtype").asText();
        return subtype.equals("mcp_toggle")
                ? subtype + " " + request.path("serverName").asText()
                : subtype;
    }

    /// A flag setting that is not named stays as it is.
    private static ObjectNode joined(ObjectNode before, ObjectNode request) {
        ObjectNode joined = request.deepCopy();
        if (before.get("settings") instanceof ObjectNode old
                && request.get("settings") instanceof ObjectNode now) {
            joined.set("settings", old.deepCopy().setAll(now));
        }
        return joined;
    }

    /// In the order in which they were made.
    public List<ObjectNode> requests() {
        return requests.values().stream().map(ObjectNode::deepCopy).toList();
    }

    public boolean isEmpty() {
        return requests.isEmpty();
    }

    /// Characters of all of them.
    public int length() {
        return requests.values().stream().mapToInt(r -> r.toString().length()).sum();
    }

    /// As the journal keeps it, in a session's options. Servers whose `env` or `headers` may hold a
    /// key are kept in memory alone.
    ///
    /// @param options a JSON object
    public String addTo(String options) {
        ObjectNode all = read(options);
        ArrayNode list = Json.mapper().createArrayNode();
        for (ObjectNode request : requests()) {
            if (request.path("subtype").asText().equals("mcp_set_servers")) {
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

    /// @param options what [#addTo] made, or null
    public static SavedControlRequests fromOptions(@Nullable String options) {
        SavedControlRequests all = NONE;
        if (options == null) {
            return all;
        }
        for (JsonNode request : read(options).path(MEMBER)) {
            // What an older server has kept must hold by today's rules.
            if (request instanceof ObjectNode object
                    && ControlRules.decide(Role.OWNER, object)
                            instanceof ControlDecision.Allowed(var effect)
                    && effect == ControlEffect.CHANGE) {
                all = all.with(object);
            }
        }
        return all;
    }

    private static ObjectNode read(String json) {
        try {
            return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException("these are no options of a session", e);
        }
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
