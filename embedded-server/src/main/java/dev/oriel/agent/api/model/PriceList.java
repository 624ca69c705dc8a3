package dev.oriel.agent.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Anthropic's list prices, of a date. They hold only for Anthropic's own server: what a gateway
/// charges is not known. A model whose price depends on the size of a request is left out. Pure.
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
        JsonNode price = Data.FILE.exact(model);
        return price == null
                ? null
                : new ModelInfo.Price(
                        price.path("input").asDouble(),
                        price.path("output").asDouble(),
                        price.path("cache_write_5m").asDouble(),
                        price.path("cache_write_1h").asDouble(),
                        price.path("cache_read").asDouble());
    }

    /// The date of the list, `yyyy-mm-dd`.
    static String date() {
        return Data.FILE.date();
    }
}
