package dev.oriel.account;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An account of a server that speaks the Messages API. Contains no secret. Immutable.
///
/// @param id stable, `[a-z0-9-]{1,40}`
/// @param name for the user
/// @param baseUrl without `/v1`
/// @param headers names of additional headers with their values; secret values are in the key store
///   under `<id>/<name>` and are null here
/// @param defaultModel null for the server's newest or only one
/// @param lacks features that the server was found to lack, for example `tools`
public record Account(
        String id,
        String name,
        Kind kind,
        URI baseUrl,
        Auth auth,
        Map<String, @Nullable String> headers,
        @Nullable String defaultModel,
        List<String> lacks) {

    public Account {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        lacks = List.copyOf(lacks);
    }

    /// A copy for another id and name.
    Account withId(String otherId, String otherName) {
        return new Account(otherId, otherName, kind, baseUrl, auth, headers, defaultModel, lacks);
    }

    /// A copy with another default model.
    Account withDefaultModel(@Nullable String model) {
        return new Account(id, name, kind, baseUrl, auth, headers, model, lacks);
    }

    /// A copy whose server lacks other features.
    public Account withLacks(List<String> other) {
        return new Account(id, name, kind, baseUrl, auth, headers, defaultModel, other);
    }

    /// What kind of server it is.
    public enum Kind {
        ANTHROPIC,
        GATEWAY,
        LOCAL
    }

    /// How requests are authenticated.
    public enum Auth {
        /// `x-api-key`
        API_KEY,
        /// `Authorization: Bearer`
        BEARER,
        NONE
    }
}
