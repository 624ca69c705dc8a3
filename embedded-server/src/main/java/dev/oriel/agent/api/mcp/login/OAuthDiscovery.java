package dev.oriel.agent.api.mcp.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the login service of an MCP server: its metadata as a protected resource (RFC 9728), then
/// the metadata of the service (RFC 8414, or OpenID Connect).
final class OAuthDiscovery {
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");

    private OAuthDiscovery() {}

    /// The addresses of a login service.
    ///
    /// @param register null if clients cannot register themselves
    /// @param resource what tokens are requested for (RFC 8707)
    /// @param scope what is requested; empty for the service's default
    record Endpoints(
            URI authorize, URI token, @Nullable URI register, String resource, String scope) {}

    /// Blocks.
    ///
    /// @param challenge the header `WWW-Authenticate` of the server; null for none
    /// @throws IOException if there is no service that can be used; the message is for the user
    static Endpoints find(URI server, @Nullable String challenge)
            throws IOException, InterruptedException {
        ObjectNode resource = resource(server, challenge);
        String issuer = resource.path("authorization_servers").path(0).asText("");
        URI service = issuer.isEmpty() ? server.resolve("/") : address(issuer);
        ObjectNode found = service(service, server);
        if (!issuer.isEmpty() && !sameIssuer(found.path("issuer").asText(), issuer)) {
            throw new IOException("The login service names another issuer than its own.");
        }
        JsonNode methods = found.path("code_challenge_methods_supported");
        if (methods.isArray() && !texts(methods).contains("S256")) {
            throw new IOException("The login service does not support PKCE.");
        }
        String register = found.path("registration_endpoint").asText("");
        return new Endpoints(
                endpoint(found, "authorization_endpoint", server),
                endpoint(found, "token_endpoint", server),
                register.isEmpty() ? null : OAuthRequests.checked(address(register), server),
                resource.path("resource").asText(server.toString()),
                String.join(" ", texts(resource.path("scopes_supported"))));
    }

    private static ObjectNode resource(URI server, @Nullable String challenge)
            throws IOException, InterruptedException {
        List<URI> places = new ArrayList<>();
        Matcher named = METADATA.matcher(challenge == null ? "" : challenge);
        if (named.find()) {
            places.add(server.resolve(address(named.group(1))));
        }
        places.add(wellKnown(server, "oauth-protected-resource"));
        places.add(server.resolve("/.well-known/oauth-protected-resource"));
        ObjectNode found = first(places, "authorization_servers", server);
        if (found == null) {
            return Json.object();
        }
        String resource = found.path("resource").asText("");
        if (!resource.isEmpty() && !isOrigin(server, address(resource))) {
            throw new IOException("The metadata of the server belong to another server.");
        }
        return found;
    }

    private static ObjectNode service(URI issuer, URI server)
            throws IOException, InterruptedException {
        ObjectNode found =
                first(
                        List.of(
                                wellKnown(issuer, "oauth-authorization-server"),
                                wellKnown(issuer, "openid-configuration"),
                                issuer.resolve(
                                        stripped(issuer) + "/.well-known/openid-configuration")),
                        "token_endpoint",
                        server);
        if (found == null) {
            throw new IOException("The server has no login that Oriel knows.");
        }
        return found;
    }

    private static @Nullable ObjectNode first(List<URI> places, String member, URI server)
            throws IOException, InterruptedException {
        for (URI place : places) {
            OAuthRequests.Reply reply = OAuthRequests.get(OAuthRequests.checked(place, server));
            if (reply.isOk() && reply.json().has(member)) {
                return reply.json();
            }
        }
        return null;
    }

    /// The path of the address follows the well-known one.
    private static URI wellKnown(URI address, String name) {
        return address.resolve("/.well-known/" + name + stripped(address));
    }

    private static String stripped(URI address) {
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean isOrigin(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && a.getRawAuthority().equalsIgnoreCase(b.getRawAuthority());
    }

    private static boolean sameIssuer(String a, String b) {
        return a.replaceFirst("/$", "").equals(b.replaceFirst("/$", ""));
    }

    private static URI endpoint(ObjectNode found, String name, URI server) throws IOException {
        return OAuthRequests.checked(address(found.path(name).asText("")), server);
    }

    private static URI address(String text) throws IOException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IOException("The login service names an address that is none.", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
