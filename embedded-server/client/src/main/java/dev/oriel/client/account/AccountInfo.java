package dev.oriel.client.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An account of the Messages API on the server. It contains no key.
///
/// @param id stable
/// @param name for the user
/// @param kind what kind of server it is at
/// @param baseUrl without `/v1`
/// @param auth how its requests are authenticated
/// @param hasKey whether a key is stored for it
/// @param storedIn where its key is: `keychain` (of the operating system), `file` or `environment`;
///   null if it has none, or if the server does not say it
/// @param preferred whether sessions use it whose client chooses none
/// @param readOnly whether it is set outside of Oriel, for example in the environment
/// @param defaultModel null for the server's choice
/// @param headers additional headers of its requests
/// @param lacks features that its server was found to lack: `tools`, `thinking`, `images`, …
public record AccountInfo(
        String id,
        String name,
        Kind kind,
        String baseUrl,
        Auth auth,
        boolean hasKey,
        @Nullable String storedIn,
        boolean preferred,
        boolean readOnly,
        @Nullable String defaultModel,
        List<Header> headers,
        List<String> lacks) {

    /// Copies the lists.
    public AccountInfo {
        headers = List.copyOf(headers);
        lacks = List.copyOf(lacks);
    }

    /// What kind of server an account is at.
    public enum Kind {
        /// Anthropic's own API.
        ANTHROPIC,
        /// A gateway or proxy that speaks the Messages API.
        GATEWAY,
        /// A server on this computer or network that runs models.
        LOCAL;

        /// The name in the protocol.
        ///
        /// @return in lower case
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How requests are authenticated.
    public enum Auth {
        /// `x-api-key`
        API_KEY,
        /// `Authorization: Bearer`
        BEARER,
        /// Not at all.
        NONE;

        /// The name in the protocol.
        ///
        /// @return in lower case
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// An additional header.
    ///
    /// @param name its name
    /// @param value null if it is secret; then it is kept where keys are
    public record Header(String name, @Nullable String value) {}

    /// Parses an account; what is missing gets its default.
    ///
    /// @param json the JSON object of the protocol
    /// @return the account
    public static AccountInfo fromJson(JsonNode json) {
        List<Header> headers = new ArrayList<>();
        for (JsonNode h : json.path("headers")) {
            headers.add(new Header(h.path("name").asText(), h.path("value").textValue()));
        }
        return new AccountInfo(
                json.path("id").asText(),
                json.path("name").asText(),
                kind(json.path("kind").asText()),
                json.path("base_url").asText(),
                switch (json.path("auth").asText()) {
                    case "bearer" -> Auth.BEARER;
                    case "none" -> Auth.NONE;
                    default -> Auth.API_KEY;
                },
                json.path("has_key").asBoolean(),
                json.path("stored_in").textValue(),
                json.path("default").asBoolean(),
                json.path("read_only").asBoolean(),
                json.path("default_model").textValue(),
                headers,
                texts(json.path("lacks")));
    }

    private static Kind kind(String wireName) {
        return switch (wireName) {
            case "anthropic" -> Kind.ANTHROPIC;
            case "local" -> Kind.LOCAL;
            default -> Kind.GATEWAY;
        };
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(t.asText()));
        return List.copyOf(texts);
    }
}
