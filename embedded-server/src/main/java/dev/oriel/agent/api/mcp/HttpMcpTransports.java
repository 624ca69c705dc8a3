package dev.oriel.agent.api.mcp;

import dev.oriel.message.Json;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Transports to MCP servers with an address.
final class HttpMcpTransports {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private HttpMcpTransports() {}

    /// @param token of the user's login, asked for with each request; null for none
    static McpClientTransport to(McpServerConfig.Http http, Supplier<@Nullable String> token) {
        URI uri = URI.create(http.url());
        return http.events()
                ? events(uri, http, token)
                : HttpClientStreamableHttpTransport.builder(origin(uri))
                        .endpoint(path(uri))
                        .jsonMapper(new JacksonMcpJsonMapper(Json.mapper()))
                        .customizeClient(HttpMcpTransports::customize)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .addHttpRequestCustomizer((request, method, endpoint, body, context) ->
                                addHeaders(request, http, token.get()))
                        .build();
    }

    /// Servers that were written before the streamable transport still exist.
    @SuppressWarnings("deprecation")
    private static McpClientTransport events(
            URI uri, McpServerConfig.Http http, Supplier<@Nullable String> token) {
        return HttpClientSseClientTransport.builder(origin(uri))
                .sseEndpoint(path(uri))
                .jsonMapper(new JacksonMcpJsonMapper(Json.mapper()))
                .customizeClient(HttpMcpTransports::customize)
                .connectTimeout(CONNECT_TIMEOUT)
                .addHttpRequestCustomizer((request, method, endpoint, body, context) ->
                        addHeaders(request, http, token.get()))
                .build();
    }

    private static void addHeaders(
            HttpRequest.Builder request, McpServerConfig.Http http, @Nullable String token) {
        if (token != null) {
            request.setHeader("authorization", "Bearer " + token);
        }
        // What the user has configured has precedence.
        http.headers().forEach(request::setHeader);
    }

    /// A redirect could send headers with secrets to another server.
    private static void customize(HttpClient.Builder builder) {
        builder.followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1);
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        path = path == null || path.isEmpty() ? "/" : path;
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
