package dev.oriel.agent.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Anthropic's list prices, of a date. They hold only for Anthropic's own server: what a gateway
/// charges is not known. Pure.
final class PriceList {
    private static final String SERVER = "api.anthropic.com";

    private PriceList() {}

    /// Loaded at the first price.
    private static final class Data {
        private static final ModelData FILE = ModelData.load("prices.json", "per_mtok");
    }

    /// @param server the account's address
    /// @return null if the price is not known
    static ModelInfo.@Nullable Price find(URI server, String model) {
        if (!SERVER.equalsIgnoreCase(server.getHost())) {
            return null;
        }
        JsonNode row = Data.FILE.exact(model);
        if (row == null) {
            return null;
        }
        JsonNode longer = row.path("long_prompt");
        return price(
                row,
                longer.isMissingNode()
                        ? null
                        : new ModelInfo.LongPrompt(
                                longer.path("above").asInt(), price(longer, null)));
    }

    private static ModelInfo.Price price(JsonNode row, ModelInfo.@Nullable LongPrompt longer) {
        return new ModelInfo.Price(
                row.path("input").asDouble(),
                row.path("output").asDouble(),
                row.path("cache_write_5m").asDouble(),
                row.path("cache_write_1h").asDouble(),
                row.path("cache_read").asDouble(),
                longer);
    }

    /// The date of the list, `yyyy-mm-dd`.
    static String date() {
        return Data.FILE.date();
    }
}
