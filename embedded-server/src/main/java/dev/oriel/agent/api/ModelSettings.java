package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.model.Models;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.message.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The model of an agent and how it thinks, as clients change them. Thread-safe.
final class ModelSettings {
    private static final int MAX_TOKENS = 32_000;
    private static final int MIN_THINKING = 1024;

    private final Models models;
    private @Nullable String model; // guarded by this
    private @Nullable String turnModel; // guarded by this
    private @Nullable String effort; // guarded by this
    private @Nullable Integer maxThinking; // guarded by this

    ModelSettings(Models models, AgentLaunch launch) {
        this.models = models;
        this.model = launch.model();
        this.maxThinking = launch.options().maxThinkingTokens();
    }

    /// The model in use; null if none is known.
    synchronized @Nullable ModelInfo model() {
        return models.find(turnModel == null ? model : turnModel);
    }

    /// @param name the model until the end of the turn; null for the session's
    synchronized void setTurnModel(@Nullable String name) {
        turnModel = name;
    }

    /// @param name null or `default` for the account's default
    synchronized void setModel(@Nullable String name) {
        model = "default".equals(name) ? null : name;
    }

    synchronized void setEffort(@Nullable String level) {
        effort = level;
    }

    synchronized @Nullable String effort() {
        return effort;
    }

    /// @param tokens 0 to switch thinking off; null for the model's own measure
    synchronized void setMaxThinking(@Nullable Integer tokens) {
        maxThinking = tokens;
    }

    /// Asks the server for its models if none is known.
    ///
    /// @throws ApiException if the server cannot be asked, or has no model
    TurnSettings forTurn(List<ObjectNode> system, ToolCatalog tools, CancelScope cancel)
            throws ApiException {
        ModelInfo info = model();
        if (info == null) {
            List<ModelInfo> listed = models.list(cancel);
            if (listed.isEmpty()) {
                throw new ApiException(
                        ApiException.Kind.STATUS, 404, "", "The server has no model.", null, null);
            }
            info = listed.getFirst();
        }
        return forTurn(info, system, tools);
    }

    private synchronized TurnSettings forTurn(
            ModelInfo info, List<ObjectNode> system, ToolCatalog tools) {
        int maxTokens = Math.min(info.maxOutput(), MAX_TOKENS);
        String level = effort;
        if (level != null && !info.effortLevels().contains(level)) {
            level = null;
        }
        return new TurnSettings(info, maxTokens, system, tools, thinking(info, maxTokens), level);
    }

    /// Requires the lock.
    private @Nullable ObjectNode thinking(ModelInfo info, int maxTokens) {
        Integer limit = maxThinking;
        if (limit != null && limit == 0) {
            return null;
        }
        return switch (info.thinking()) {
            case NONE -> null;
            // Without it, the newer models send their thinking, and what they say between tool
            // calls, without text.
            case ADAPTIVE -> Json.object().put("type", "adaptive").put("display", "summarized");
            case BUDGET -> {
                if (limit == null) {
                    yield null;
                }
                int budget = Math.clamp(limit, MIN_THINKING, Math.max(MIN_THINKING, maxTokens - 1));
                yield Json.object().put("type", "enabled").put("budget_tokens", budget);
            }
        };
    }
}
