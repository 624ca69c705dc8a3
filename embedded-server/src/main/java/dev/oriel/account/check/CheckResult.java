package dev.oriel.account.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.List;
import java.util.Locale;

/// What trying an account has shown.
///
/// @param text a sentence for the user, without secrets
/// @param models in the order of the server
/// @param lacks features that the server was found to lack
public record CheckResult(Verdict verdict, String text, List<Model> models, List<String> lacks) {
    public CheckResult {
        models = List.copyOf(models);
        lacks = List.copyOf(lacks);
    }

    /// The verdicts of the wire (`PROTOCOL.md`, "Accounts").
    public enum Verdict {
        OK,
        BAD_KEY,
        NO_CREDIT,
        UNREACHABLE,
        TLS,
        PROXY,
        NOT_MESSAGES_API,
        NO_MODELS
    }

    /// A model of a server.
    public record Model(String id, String displayName) {}

    public ObjectNode toJson() {
        ObjectNode json =
                Json.object()
                        .put("verdict", verdict.name().toLowerCase(Locale.ROOT))
                        .put("text", text);
        json.set("models", toJson(models));
        lacks.forEach(json.putArray("lacks")::add);
        return json;
    }

    static ArrayNode toJson(List<Model> models) {
        ArrayNode array = Json.mapper().createArrayNode();
        models.forEach(
                m -> array.addObject().put("id", m.id()).put("display_name", m.displayName()));
        return array;
    }
}
