package dev.oriel.client.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is set in a new account, or changed in an existing one; null leaves it as it is. Immutable.
/// Its [#toString] contains no key.
///
/// @param name for the user; null for the server's choice
/// @param kind what kind of server it is at; must be set for a new account
/// @param baseUrl with or without `/v1`; null for Anthropic's own API
/// @param auth null for the usual way of the kind
/// @param key empty to remove it
/// @param headers all additional headers of its requests
/// @param defaultModel empty for the server's choice
/// @param preferred true to make it the default account
public record AccountDraft(
        @Nullable String name,
        AccountInfo.@Nullable Kind kind,
        @Nullable String baseUrl,
        AccountInfo.@Nullable Auth auth,
        @Nullable String key,
        @Nullable List<NewHeader> headers,
        @Nullable String defaultModel,
        @Nullable Boolean preferred) {

    /// Changes nothing.
    public static final AccountDraft NOTHING =
            new AccountDraft(null, null, null, null, null, null, null, null);

    /// Copies the list.
    public AccountDraft {
        headers = headers == null ? null : List.copyOf(headers);
    }

    /// An additional header.
    ///
    /// @param name its name
    /// @param value null to keep the value of a header of this name
    /// @param secret whether the value is kept where keys are
    public record NewHeader(String name, @Nullable String value, boolean secret) {
        @Override
        public String toString() {
            return "NewHeader[" + name + "]";
        }
    }

    /// An account of Anthropic's own API.
    ///
    /// @param key of the account
    /// @return a draft
    public static AccountDraft anthropic(String key) {
        return NOTHING.withKind(AccountInfo.Kind.ANTHROPIC).withKey(key);
    }

    /// A server that runs models.
    ///
    /// @param baseUrl its address
    /// @return a draft
    public static AccountDraft local(String baseUrl) {
        return NOTHING.withKind(AccountInfo.Kind.LOCAL).withBaseUrl(baseUrl);
    }

    /// A copy with another name.
    ///
    /// @param other null to leave it as it is
    /// @return the copy
    public AccountDraft withName(@Nullable String other) {
        return new AccountDraft(other, kind, baseUrl, auth, key, headers, defaultModel, preferred);
    }

    /// A copy with another kind.
    ///
    /// @param other null to leave it as it is
    /// @return the copy
    public AccountDraft withKind(AccountInfo.@Nullable Kind other) {
        return new AccountDraft(name, other, baseUrl, auth, key, headers, defaultModel, preferred);
    }

    /// A copy with another address.
    ///
    /// @param other null to leave it as it is
    /// @return the copy
    public AccountDraft withBaseUrl(@Nullable String other) {
        return new AccountDraft(name, kind, other, auth, key, headers, defaultModel, preferred);
    }

    /// A copy with another way of authentication.
    ///
    /// @param other null to leave it as it is
    /// @return the copy
    public AccountDraft withAuth(AccountInfo.@Nullable Auth other) {
        return new AccountDraft(name, kind, baseUrl, other, key, headers, defaultModel, preferred);
    }

    /// A copy with another key.
    ///
    /// @param other null to leave it as it is, empty to remove it
    /// @return the copy
    public AccountDraft withKey(@Nullable String other) {
        return new AccountDraft(name, kind, baseUrl, auth, other, headers, defaultModel, preferred);
    }

    /// A copy with other headers.
    ///
    /// @param other all of them; null to leave them as they are
    /// @return the copy
    public AccountDraft withHeaders(@Nullable List<NewHeader> other) {
        return new AccountDraft(name, kind, baseUrl, auth, key, other, defaultModel, preferred);
    }

    /// A copy with another default model.
    ///
    /// @param other null to leave it as it is, empty for the server's choice
    /// @return the copy
    public AccountDraft withDefaultModel(@Nullable String other) {
        return new AccountDraft(name, kind, baseUrl, auth, key, headers, other, preferred);
    }

    /// A copy that becomes the default account.
    ///
    /// @return the copy
    public AccountDraft asDefault() {
        return new AccountDraft(name, kind, baseUrl, auth, key, headers, defaultModel, true);
    }

    /// The body of a request, with the key. Not for logs.
    ///
    /// @return a new object, without what is null
    public ObjectNode toJson() {
        ObjectNode body = Json.object();
        put(body, "name", name);
        put(body, "kind", kind == null ? null : kind.wireName());
        put(body, "base_url", baseUrl);
        put(body, "auth", auth == null ? null : auth.wireName());
        put(body, "key", key);
        if (headers != null) {
            ArrayNode list = body.putArray("headers");
            for (NewHeader h : headers) {
                ObjectNode header = list.addObject().put("name", h.name());
                put(header, "value", h.value());
                if (h.secret()) {
                    header.put("secret", true);
                }
            }
        }
        put(body, "default_model", defaultModel);
        if (preferred != null) {
            body.put("default", preferred);
        }
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    @Override
    public String toString() {
        return "AccountDraft[" + name + ", " + kind + ", " + baseUrl + "]";
    }
}
