package dev.oriel.app.options;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The models of an agent, as far as they are known.
///
/// @param state whether the agent was asked
/// @param models those that were known last; may be empty
/// @param problem why they are not known, a sentence; empty unless the state is [State#FAILED]
public record ModelList(State state, List<AgentModel> models, String problem) {
    /// Whether the agent was asked for its models.
    public enum State {
        NOT_ASKED,
        ASKED,
        KNOWN,
        FAILED
    }

    /// Nothing is known.
    public static final ModelList NONE = new ModelList(State.NOT_ASKED, List.of(), "");

    public ModelList {
        models = List.copyOf(models);
    }

    public static ModelList known(List<AgentModel> models) {
        return new ModelList(State.KNOWN, models, "");
    }

    /// The same models; the agent has been asked for the current ones.
    public ModelList asked() {
        return new ModelList(State.ASKED, models, "");
    }

    /// The same models; the agent has not told the current ones.
    public ModelList failed(String why) {
        return new ModelList(State.FAILED, models, why);
    }

    /// The same models, possibly those of another session.
    public ModelList forgotten() {
        return new ModelList(State.NOT_ASKED, models, "");
    }

    /// The model of a session; null if it is not in the list.
    ///
    /// @param model an alias or a full name; null for the agent's default
    public @Nullable AgentModel find(@Nullable String model) {
        String wanted = model == null ? AgentModel.DEFAULT : model;
        for (AgentModel m : models) {
            if (m.value().equals(wanted)) {
                return m;
            }
        }
        for (AgentModel m : models) {
            if (Objects.equals(m.resolved(), wanted)) {
                return m;
            }
        }
        return null;
    }

    /// The short name of a session's model.
    ///
    /// @param model an alias or a full name; null for the agent's default
    public String name(@Nullable String model) {
        AgentModel known = find(model);
        String full = known == null ? model : known.resolved();
        if (full != null) {
            return ModelName.of(full);
        }
        return known != null && !known.isDefault() ? known.name() : "Default model";
    }

    /// How much thinking can be chosen for a session's model. If its models are not known, the
    /// levels that every current model has.
    ///
    /// @param model an alias or a full name; null for the agent's default
    public ThinkingChoice thinking(@Nullable String model) {
        AgentModel known = find(model);
        return known == null
                ? new ThinkingChoice.Levels(List.of("low", "medium", "high"))
                : known.thinking();
    }
}
