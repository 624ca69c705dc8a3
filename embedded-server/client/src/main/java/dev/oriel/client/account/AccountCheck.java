package dev.oriel.client.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The result of trying an account.
///
/// @param verdict what was found
/// @param text a sentence for the user
/// @param models those that the server offers, best first; empty if they are not known
/// @param lacks features that the server was found to lack: `tools`, `thinking`, `images`, …
public record AccountCheck(Verdict verdict, String text, List<Model> models, List<String> lacks) {

    /// Copies the lists.
    public AccountCheck {
        models = List.copyOf(models);
        lacks = List.copyOf(lacks);
    }

    /// What a check finds.
    public enum Verdict {
        /// It works.
        OK,
        /// The server refuses the key.
        BAD_KEY,
        /// The key is right, but there is nothing to pay with.
        NO_CREDIT,
        /// There is no connection to the server.
        UNREACHABLE,
        /// The server's certificate is not trusted.
        TLS,
        /// The proxy refuses the connection.
        PROXY,
        /// The server does not speak the Messages API.
        NOT_MESSAGES_API,
        /// The server offers no model.
        NO_MODELS
    }

    /// A model.
    ///
    /// @param id as requests name it
    /// @param displayName for the user
    public record Model(String id, String displayName) {}

    /// Whether the account works.
    ///
    /// @return whether it does
    public boolean isOk() {
        return verdict == Verdict.OK;
    }

    /// Parses the reply of `POST /v1/accounts/check`.
    ///
    /// @param reply `{"verdict", "text", "models", "lacks"}`
    /// @return the result; an unknown verdict counts as [Verdict#NOT_MESSAGES_API]
    public static AccountCheck fromJson(JsonNode reply) {
        return new AccountCheck(
                verdict(reply.path("verdict").asText()),
                reply.path("text").asText(),
                models(reply.path("models")),
                AccountInfo.texts(reply.path("lacks")));
    }

    static List<Model> models(JsonNode array) {
        List<Model> models = new ArrayList<>();
        for (JsonNode m : array) {
            String id = m.path("id").asText();
            models.add(new Model(id, m.path("display_name").asText(id)));
        }
        return List.copyOf(models);
    }

    private static Verdict verdict(String wireName) {
        for (Verdict v : Verdict.values()) {
            if (v.name().toLowerCase(Locale.ROOT).equals(wireName)) {
                return v;
            }
        }
        return Verdict.NOT_MESSAGES_API;
    }
}
