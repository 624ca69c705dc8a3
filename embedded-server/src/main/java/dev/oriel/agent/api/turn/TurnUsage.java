package dev.oriel.agent.api.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts tokens and cost: of the turn, and of the agent since its start. Thread-safe: subagents
/// count too.
public final class TurnUsage {
    private final Map<String, ModelUsage> models = new LinkedHashMap<>(); // guarded by this
    private ObjectNode turn = TurnMessages.usage(); // guarded by this
    private final @Nullable TurnUsage parent;
    private double cost; // guarded by this
    private boolean isPriced = true; // guarded by this
    private boolean isEstimated; // guarded by this

    public TurnUsage() {
        this.parent = null;
    }

    /// Counts for a subagent, and for its agent.
    public TurnUsage(TurnUsage parent) {
        this.parent = parent;
    }

    /// Goes on from the cost of an earlier agent of the conversation.
    ///
    /// @param message any message of the conversation
    public synchronized void onHistory(Message message) {
        if (message.is(MessageType.RESULT)) {
            JsonNode before = message.tree().path("total_cost_usd");
            cost = before.isNumber() ? before.doubleValue() : cost;
        }
    }

    public synchronized void startTurn() {
        turn = TurnMessages.usage();
    }

    /// Adds the `usage` of one response.
    public void add(ModelInfo model, JsonNode usage) {
        addOwn(model, usage);
        if (parent != null) {
            parent.add(model, usage);
        }
    }

    /// Whether this is the first response of the agent whose server counts no tokens.
    boolean isFirstEstimate() {
        if (parent != null) {
            return parent.isFirstEstimate();
        }
        synchronized (this) {
            boolean isFirst = !isEstimated;
            isEstimated = true;
            return isFirst;
        }
    }

    /// Input and output tokens of the turn.
    public synchronized long tokens() {
        return turn.path("input_tokens").asLong()
                + turn.path("cache_creation_input_tokens").asLong()
                + turn.path("cache_read_input_tokens").asLong()
                + turn.path("output_tokens").asLong();
    }

    private synchronized void addOwn(ModelInfo model, JsonNode usage) {
        turn = sum(turn, usage);
        ModelUsage known = models.computeIfAbsent(model.id(), _ -> new ModelUsage(model));
        known.add(usage);
        ModelInfo.Price price = model.price();
        if (price == null) {
            isPriced = false;
        } else {
            double spent = cost(price, usage);
            known.cost += spent;
            cost += spent;
        }
    }

    /// The sum of the turn.
    public synchronized ObjectNode turn() {
        return turn.deepCopy();
    }

    /// US dollars of the conversation; null if a model's price is not known.
    public synchronized @Nullable Double cost() {
        return isPriced ? Double.valueOf(cost) : null;
    }

    /// `modelUsage`: of each model since the agent's start.
    public synchronized ObjectNode models() {
        ObjectNode json = Json.object();
        models.forEach((id, usage) -> json.set(id, usage.toJson()));
        return json;
    }

    private static ObjectNode sum(ObjectNode to, JsonNode more) {
        ObjectNode sum = to.deepCopy();
        more.properties()
                .forEach(member -> {
                    JsonNode value = member.getValue();
                    JsonNode before = sum.path(member.getKey());
                    if (value.isIntegralNumber()) {
                        sum.put(member.getKey(), before.asLong() + value.asLong());
                    } else if (value instanceof ObjectNode counts) {
                        sum.set(
                                member.getKey(),
                                sum(
                                        before instanceof ObjectNode known ? known : Json.object(),
                                        counts));
                    } else if (!value.isNull()) {
                        sum.set(member.getKey(), value);
                    }
                });
        return sum;
    }

    private static double cost(ModelInfo.Price list, JsonNode usage) {
        long written = usage.path("cache_creation_input_tokens").asLong();
        long read = usage.path("cache_read_input_tokens").asLong();
        ModelInfo.Price price = list.of(usage.path("input_tokens").asLong() + written + read);
        long hour = usage.path("cache_creation").path("ephemeral_1h_input_tokens").asLong();
        return (usage.path("input_tokens").asLong() * price.input()
                        + usage.path("output_tokens").asLong() * price.output()
                        + (written - hour) * price.cacheWrite5m()
                        + hour * price.cacheWrite1h()
                        + read * price.cacheRead())
                / 1_000_000;
    }

    /// The tokens of one model.
    private static final class ModelUsage {
        private final ModelInfo model;
        private long input;
        private long output;
        private long read;
        private long written;
        private double cost;

        ModelUsage(ModelInfo model) {
            this.model = model;
        }

        void add(JsonNode usage) {
            input += usage.path("input_tokens").asLong();
            output += usage.path("output_tokens").asLong();
            read += usage.path("cache_read_input_tokens").asLong();
            written += usage.path("cache_creation_input_tokens").asLong();
        }

        ObjectNode toJson() {
            ObjectNode json =
                    Json.object()
                            .put("inputTokens", input)
                            .put("outputTokens", output)
                            .put("cacheReadInputTokens", read)
                            .put("cacheCreationInputTokens", written)
                            .put("contextWindow", model.contextWindow())
                            .put("maxOutputTokens", model.maxOutput());
            return model.price() == null ? json : json.put("costUSD", cost);
        }
    }
}
