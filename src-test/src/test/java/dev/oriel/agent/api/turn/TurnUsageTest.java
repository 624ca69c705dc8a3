package dev.oriel.agent.api.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.message.Json;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tokens and cost.
class TurnUsageTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static final ModelInfo.Price PRICE =
            new ModelInfo.Price(
                    1,
                    5,
                    1.25,
                    2,
                    0.1,
                    new ModelInfo.LongPrompt(1000, new ModelInfo.Price(10, 50, 12.5, 20, 1)));

    @Test
    void eachKindOfTokenHasItsPrice() {
        TurnUsage usage = new TurnUsage();
        ObjectNode one = usage(100, 20, 300, 400);
        one.putObject("cache_creation").put("ephemeral_1h_input_tokens", 50);
        usage.add(model(PRICE), one);
        assertThat(usage.cost())
                .isCloseTo((100 + 20 * 5 + 250 * 1.25 + 50 * 2 + 400 * 0.1) / 1e6, EXACT);
        assertThat(usage.tokens()).isEqualTo(820);
    }

    @Test
    void aLongPromptHasItsOwnPricesForTheWholeRequest() {
        TurnUsage usage = new TurnUsage();
        usage.add(model(PRICE), usage(1, 2, 0, 1000));
        assertThat(usage.cost()).isCloseTo((10 + 2 * 50 + 1000) / 1e6, EXACT);
        // It is the length of each request that counts, not of all together.
        usage.add(model(PRICE), usage(1, 2, 0, 999));
        assertThat(usage.cost())
                .isCloseTo((10 + 2 * 50 + 1000 + 1 + 2 * 5 + 999 * 0.1) / 1e6, EXACT);
    }

    @Test
    void aModelWithoutAPriceHasTokensAlone() {
        TurnUsage usage = new TurnUsage();
        usage.add(model(null), usage(10, 20, 0, 0));
        assertThat(usage.cost()).isNull();
        assertThat(usage.tokens()).isEqualTo(30);
        assertThat(usage.models().path("m").has("costUSD")).isFalse();
    }

    private static ModelInfo model(ModelInfo.@Nullable Price price) {
        return new ModelInfo(
                "m", "M", "", 200_000, 8_000, ModelInfo.Thinking.NONE, List.of(), price);
    }

    private static ObjectNode usage(int input, int output, int written, int read) {
        return Json.object()
                .put("input_tokens", input)
                .put("output_tokens", output)
                .put("cache_creation_input_tokens", written)
                .put("cache_read_input_tokens", read);
    }
}
