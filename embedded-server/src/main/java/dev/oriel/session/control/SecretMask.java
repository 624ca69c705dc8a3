package dev.oriel.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Removes secrets from what the agent reports about its settings, and from what is published.
public final class SecretMask {
    private static final JsonNode HIDDEN = TextNode.valueOf("(hidden)");

    /// Members whose values are arbitrary, and often secrets.
    private static final Set<String> MAPS = Set.of("env", "headers");

    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i).*(api_?-?key|secret|password|passwd|credential|authorization"
                            + "|(auth|access|refresh|bearer|oauth)[_-]?token).*|token"
                            // Holds the code of a login.
                            + "|callback_?url");

    private SecretMask() {}

    /// A copy without secrets.
    public static <T extends JsonNode> T mask(T json) {
        @SuppressWarnings("unchecked") // a deep copy has the type of its original
        T copy = (T) json.deepCopy();
        maskIn(copy);
        return copy;
    }

    private static void maskIn(JsonNode part) {
        switch (part) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    JsonNode value = member.getValue();
                    if (value instanceof ObjectNode map && MAPS.contains(member.getKey())) {
                        map.properties().forEach(m -> m.setValue(HIDDEN));
                    } else if (value.isTextual() && SECRET.matcher(member.getKey()).matches()) {
                        member.setValue(HIDDEN);
                    } else {
                        maskIn(value);
                    }
                }
            }
            case ArrayNode array -> array.forEach(SecretMask::maskIn);
            default -> {
                // A value without members.
            }
        }
    }
}
