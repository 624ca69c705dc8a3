package dev.oriel.agent.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Makes models of what a server lists, and of what is known where it lists less. Pure.
final class ModelFacts {
    private static final List<String> WINDOW =
            List.of(
                    "max_input_tokens",
                    "max_model_len",
                    "max_context_length",
                    "context_length",
                    "context_window");

    private static final List<String> LEVELS = List.of("low", "medium", "high", "xhigh", "max");

    /// For models that nothing is known of: most are local ones.
    private static final int UNKNOWN_WINDOW = 200_000;

    private static final int UNKNOWN_OUTPUT = 8_000;

    private ModelFacts() {}

    /// Loaded with the first model.
    private static final class Data {
        private static final ModelData FILE = ModelData.load("models.json", "models");
    }

    /// A model that is not listed.
    static ModelInfo of(URI server, String id) {
        return of(server, id, MissingNode.getInstance());
    }

    /// The newest model of a family that is known without a list, or one that has its name.
    static ModelInfo newest(URI server, String family) {
        return of(
                server,
                Data.FILE.keys().stream()
                        .filter(k -> k.contains("-" + family + "-"))
                        .findFirst()
                        .orElse(family));
    }

    /// @param listed the model in the server's list
    static ModelInfo of(URI server, String id, JsonNode listed) {
        JsonNode known = Data.FILE.nearest(id);
        if (known == null) {
            known = MissingNode.getInstance();
        }
        int window = known.path("window").asInt(UNKNOWN_WINDOW);
        for (String member : WINDOW) {
            if (listed.path(member).asInt() > 0) {
                window = listed.path(member).asInt();
                break;
            }
        }
        int output = listed.path("max_tokens").asInt();
        if (output <= 0) {
            output = Math.min(known.path("output").asInt(UNKNOWN_OUTPUT), window);
        }
        JsonNode capabilities = listed.path("capabilities");
        return new ModelInfo(
                id,
                listed.path("display_name").asText(id),
                "",
                window,
                output,
                thinking(capabilities.path("thinking"), known),
                effort(capabilities.path("effort"), known),
                PriceList.find(server, id));
    }

    private static ModelInfo.Thinking thinking(JsonNode listed, JsonNode known) {
        if (listed.isObject()) {
            return isSupported(listed.path("types").path("adaptive"))
                    ? ModelInfo.Thinking.ADAPTIVE
                    : isSupported(listed.path("types").path("enabled"))
                            ? ModelInfo.Thinking.BUDGET
                            : ModelInfo.Thinking.NONE;
        }
        return ModelInfo.Thinking.valueOf(known.path("thinking").asText("NONE"));
    }

    private static List<String> effort(JsonNode listed, JsonNode known) {
        List<String> levels = new ArrayList<>();
        if (listed.isObject()) {
            LEVELS.stream().filter(l -> isSupported(listed.path(l))).forEach(levels::add);
        } else {
            known.path("effort").forEach(l -> levels.add(l.asText()));
        }
        return levels;
    }

    private static boolean isSupported(JsonNode capability) {
        return capability.path("supported").asBoolean();
    }
}
