package dev.oriel.agent.api.mcp.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.KeyStore;
import dev.oriel.account.SecretText;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tokens of MCP servers, kept where keys are. Thread-safe; blocks.
public final class OAuthTokens {
    private static final long EARLY_SECONDS = 60;

    private final KeyStore keys;
    private final InstantSource clock;

    public OAuthTokens(KeyStore keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    private static String name(URI server) {
        return "mcp:" + server;
    }

    /// Stores the reply of a token endpoint.
    ///
    /// @param client the id with which tokens are refreshed
    void store(URI server, OAuthDiscovery.Endpoints service, String client, ObjectNode reply)
            throws IOException {
        ObjectNode json =
                Json.object()
                        .put("access_token", reply.path("access_token").asText())
                        .put("token_endpoint", service.token().toString())
                        .put("resource", service.resource())
                        .put("client_id", client);
        if (reply.path("refresh_token").isTextual()) {
            json.put("refresh_token", reply.path("refresh_token").textValue());
        }
        if (reply.path("expires_in").isNumber()) {
            json.put(
                    "expires_at",
                    clock.instant().getEpochSecond() + reply.path("expires_in").asLong());
        }
        keys.write(name(server), new SecretText(json.toString()));
    }

    /// The token for requests to a server, renewed if it has expired.
    ///
    /// @return null if there is none, or it cannot be renewed
    public synchronized @Nullable String access(URI server)
            throws IOException, InterruptedException {
        ObjectNode known = read(server);
        if (known == null) {
            return null;
        }
        boolean expired =
                known.has("expires_at")
                        && clock.instant()
                                .plusSeconds(EARLY_SECONDS)
                                .isAfter(Instant.ofEpochSecond(known.path("expires_at").asLong()));
        return expired ? refresh(server) : known.path("access_token").asText();
    }

    /// Renews the token of a server.
    ///
    /// @return null if that is not possible
    public synchronized @Nullable String refresh(URI server)
            throws IOException, InterruptedException {
        ObjectNode known = read(server);
        if (known == null || !known.has("refresh_token")) {
            return null;
        }
        URI endpoint = OAuthRequests.checked(URI.create(known.path("token_endpoint").asText()));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", known.path("refresh_token").asText());
        form.put("client_id", known.path("client_id").asText());
        form.put("resource", known.path("resource").asText());
        OAuthRequests.Reply reply = OAuthRequests.postForm(endpoint, form);
        if (!reply.isOk() || !reply.json().path("access_token").isTextual()) {
            return null;
        }
        ObjectNode next = reply.json();
        if (!next.has("refresh_token")) {
            next.set("refresh_token", known.get("refresh_token"));
        }
        store(
                server,
                new OAuthDiscovery.Endpoints(
                        endpoint, endpoint, null, known.path("resource").asText(), ""),
                known.path("client_id").asText(),
                next);
        return next.path("access_token").asText();
    }

    public void remove(URI server) throws IOException {
        keys.remove(name(server));
    }

    private @Nullable ObjectNode read(URI server) throws IOException {
        SecretText stored = keys.read(name(server));
        return stored == null
                ? null
                : Json.parseObject(stored.reveal().getBytes(StandardCharsets.UTF_8));
    }
}
