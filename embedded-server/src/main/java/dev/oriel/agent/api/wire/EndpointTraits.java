package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a server can lack, how it says so, and requests without it. Pure.
final class EndpointTraits {
    /// How servers refuse a feature, besides naming it.
    private static final Pattern REFUSAL =
            Pattern.compile(
                    "not support|n't support|unsupported|not permitted|not allowed|not enabled|not"
                        + " available|not implemented|unrecognized|unknown (field|param)|unexpected"
                        + " (field|param)|unknown variant|invalid discriminator|invalid content"
                        + " type|no endpoints found|cannot (read|process)|does not accept|not"
                        + " accept|only supports?|at most 0 |is not a multimodal|must"
                        + " provide|requires? ");

    private EndpointTraits() {}

    /// A feature that a server can lack. The first whose words an error contains is meant.
    enum Feature {
        CACHE("cache_control", "cache_control", ""),
        IMAGES(
                "images",
                "image|vision|multimodal|mmproj",
                "This model takes no images; they are left out."),
        DOCUMENTS("documents", "document|pdf", "This model takes no documents; they are left out."),
        DISPLAY("thinking_display", "thinking.{0,20}display", ""),
        THINKING(
                "thinking",
                "thinking|reasoning|effort|output_config",
                "This model does not think before it answers."),
        TOOLS(
                "tools",
                "tool|function.?call|jinja",
                "This model has no tools: it can neither read files nor run commands.");

        private final String id;
        private final Pattern words;
        private final String sentence;

        Feature(String id, String words, String sentence) {
            this.id = id;
            this.words = Pattern.compile(words);
            this.sentence = sentence;
        }

        /// The name in an account's `lacks`.
        String id() {
            return id;
        }

        /// For the user; empty if they would not notice.
        String sentence() {
            return sentence;
        }
    }

    static Set<Feature> named(List<String> lacks) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (Feature each : Feature.values()) {
            if (lacks.contains(each.id)) {
                features.add(each);
            }
        }
        return features;
    }

    /// The feature that a server refused a request for.
    ///
    /// @param without features that the request did not use
    /// @return null if the error has another reason
    static @Nullable Feature refused(ApiException e, Set<Feature> without) {
        boolean refuses =
                e.kind() == ApiException.Kind.STATUS
                        && switch (e.status()) {
                            case 400, 404, 422, 500, 501 -> true;
                            default -> false;
                        };
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (refuses && REFUSAL.matcher(text).find()) {
            for (Feature each : Feature.values()) {
                if (!without.contains(each) && each.words.matcher(text).find()) {
                    return each;
                }
            }
        }
        return null;
    }

    /// A request that uses none of some features.
    static ApiRequest without(Set<Feature> lacks, ApiRequest request) {
        if (lacks.isEmpty()) {
            return request;
        }
        boolean tools = !lacks.contains(Feature.TOOLS);
        boolean thinking = !lacks.contains(Feature.THINKING);
        ObjectNode how = request.thinking();
        if (how != null && lacks.contains(Feature.DISPLAY)) {
            how = how.deepCopy();
            how.remove("display");
        }
        return new ApiRequest(
                request.model(),
                request.maxTokens(),
                trees(lacks, request.system()),
                tools ? trees(lacks, request.tools()) : List.of(),
                request.messages().stream().map(m -> message(lacks, m)).toList(),
                thinking ? how : null,
                thinking ? request.effort() : null,
                tools ? request.toolChoice() : null);
    }

    private static List<ObjectNode> trees(Set<Feature> lacks, List<ObjectNode> trees) {
        List<ObjectNode> reduced = new ArrayList<>();
        for (ObjectNode tree : trees) {
            ObjectNode copy = tree.deepCopy();
            if (lacks.contains(Feature.CACHE)) {
                copy.remove("cache_control");
            }
            reduced.add(copy);
        }
        return reduced;
    }

    private static byte[] message(Set<Feature> lacks, byte[] message) {
        if (!lacks.contains(Feature.CACHE)
                && !lacks.contains(Feature.IMAGES)
                && !lacks.contains(Feature.DOCUMENTS)) {
            return message;
        }
        try {
            ObjectNode json = Json.parseObject(message);
            blocks(lacks, json.path("content"));
            return Json.encode(json);
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException("a message is malformed", e);
        }
    }

    private static void blocks(Set<Feature> lacks, JsonNode content) {
        if (!(content instanceof ArrayNode array)) {
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof ObjectNode block)) {
                continue;
            }
            String type = block.path("type").asText();
            if ((type.equals("image") && lacks.contains(Feature.IMAGES))
                    || (type.equals("document") && lacks.contains(Feature.DOCUMENTS))) {
                array.set(i, leftOut(type, block.get("cache_control")));
            }
            if (lacks.contains(Feature.CACHE)) {
                ((ObjectNode) array.get(i)).remove("cache_control");
            }
            blocks(lacks, block.path("content")); // of the result of a tool
        }
    }

    private static ObjectNode leftOut(String type, @Nullable JsonNode marker) {
        ObjectNode text =
                Json.object()
                        .put("type", "text")
                        .put("text", "[Left out: " + type + ". This model cannot read it.]");
        if (marker != null) {
            text.set("cache_control", marker);
        }
        return text;
    }
}
