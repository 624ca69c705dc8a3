package dev.oriel.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The file with the accounts that the user has added; it contains no secret. Not thread-safe;
/// blocks.
final class AccountFile {
    private final PrivateJsonFile file;

    AccountFile(Path file) {
        this.file = new PrivateJsonFile(file, "accounts");
    }

    /// An account of the file.
    ///
    /// @param keyIn where its key is; null if it has none
    record Stored(Account account, @Nullable KeyPlace keyIn) {
        boolean hasKey() {
            return keyIn != null;
        }
    }

    /// What the file contains.
    ///
    /// @param preferred the id of the default account; null for the first one
    record Contents(@Nullable String preferred, List<Stored> accounts) {
        static final Contents EMPTY = new Contents(null, List.of());

        Contents {
            accounts = List.copyOf(accounts);
        }

        /// Where the key of an account is; null if it has none.
        @Nullable KeyPlace placeOf(String id) {
            return accounts.stream()
                    .filter(s -> s.account().id().equals(id))
                    .findFirst()
                    .map(Stored::keyIn)
                    .orElse(null);
        }
    }

    /// @throws IOException if the file cannot be read; the message is for the user
    Contents read() throws IOException {
        ObjectNode json = file.read();
        List<Stored> accounts = new ArrayList<>();
        for (JsonNode a : json.path("accounts")) {
            accounts.add(new Stored(account(a), keyIn(a)));
        }
        return new Contents(json.path("default").textValue(), accounts);
    }

    /// @throws IOException if the file cannot be written; the message is for the user
    void write(Contents contents) throws IOException {
        ObjectNode json = Json.object();
        if (contents.preferred() != null) {
            json.put("default", contents.preferred());
        }
        ArrayNode accounts = json.putArray("accounts");
        contents.accounts()
                .forEach(s -> {
                    ObjectNode account = toJson(s.account()).put("has_key", s.hasKey());
                    if (s.keyIn() != null) {
                        account.put("key_in", s.keyIn().wireName());
                    }
                    accounts.add(account);
                });
        file.write(json);
    }

    /// Older versions have only kept keys in a file, and have not written where a key is.
    private static @Nullable KeyPlace keyIn(JsonNode account) {
        if (!account.path("has_key").asBoolean()) {
            return null;
        }
        return account.path("key_in").asText().equals(KeyPlace.KEYCHAIN.wireName())
                ? KeyPlace.KEYCHAIN
                : KeyPlace.FILE;
    }

    /// The members of an account, on the wire as in the file.
    static ObjectNode toJson(Account account) {
        ObjectNode json =
                Json.object()
                        .put("id", account.id())
                        .put("name", account.name())
                        .put("kind", AccountChange.wireName(account.kind()))
                        .put("base_url", account.baseUrl().toString())
                        .put("auth", AccountChange.wireName(account.auth()));
        if (account.defaultModel() != null) {
            json.put("default_model", account.defaultModel());
        }
        ArrayNode headers = json.putArray("headers");
        account.headers()
                .forEach((name, value) -> {
                    ObjectNode header = headers.addObject().put("name", name);
                    if (value != null) {
                        header.put("value", value);
                    }
                });
        account.lacks().forEach(json.putArray("lacks")::add);
        return json;
    }

    private static Account account(JsonNode json) throws IOException {
        try {
            Map<String, @Nullable String> headers = new LinkedHashMap<>();
            for (JsonNode h : json.path("headers")) {
                headers.put(h.path("name").asText(), h.path("value").textValue());
            }
            List<String> lacks = new ArrayList<>();
            json.path("lacks").forEach(l -> lacks.add(l.asText()));
            return new Account(
                    json.path("id").asText(),
                    json.path("name").asText(),
                    Account.Kind.valueOf(constant(json, "kind")),
                    URI.create(json.path("base_url").asText()),
                    Account.Auth.valueOf(constant(json, "auth")),
                    headers,
                    json.path("default_model").textValue(),
                    lacks);
        } catch (IllegalArgumentException _) {
            throw new IOException(
                    "The accounts cannot be read: one has a value that this version does not"
                            + " know.");
        }
    }

    private static String constant(JsonNode json, String name) {
        return json.path(name).asText().toUpperCase(Locale.ROOT);
    }
}
