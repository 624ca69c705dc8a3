package dev.oriel.app.options;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model that the agent offers.
///
/// @param value its name on the wire; `default` stands for the agent's default
/// @param name its name for the user
/// @param description may be empty
/// @param resolved the full name of the model that an alias stands for; null if it is not known
/// @param thinking how much thinking can be chosen for it
public record AgentModel(
        String value,
        String name,
        String description,
        @Nullable String resolved,
        ThinkingChoice thinking) {
    /// The name on the wire that stands for the agent's default.
    public static final String DEFAULT = "default";

    /// The maximum number of models that are read of one reply.
    private static final int MAX_MODELS = 100;

    /// The models in the reply to `initialize`. One without a name is left out.
    public static List<AgentModel> listFrom(JsonNode reply) {
        List<AgentModel> all = new ArrayList<>();
        for (JsonNode m : reply.path("models")) {
            String value = m.path("value").asText("");
            if (!value.isBlank() && all.size() < MAX_MODELS) {
                String name = m.path("displayName").asText("");
                all.add(
                        new AgentModel(
                                value,
                                name.isBlank() ? ModelName.of(value) : name,
                                m.path("description").asText(""),
                                m.path("resolvedModel").textValue(),
                                ThinkingChoice.of(m)));
            }
        }
        return List.copyOf(all);
    }

    /// Whether it is the agent's default.
    public boolean isDefault() {
        return value.equals(DEFAULT);
    }
}
