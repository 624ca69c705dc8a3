package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// An MCP server with two tools, on this computer.
public final class LoopbackMcpServer implements AutoCloseable {
    private static final String TOKEN = "loopback-token";

    private final HttpServer http;
    private final AtomicInteger issued = new AtomicInteger(); // number of the valid token
    private final AtomicInteger refreshes = new AtomicInteger();
    private volatile boolean isExpired;
    private volatile boolean refusesRefresh;

    private final boolean needsLogin;

    private LoopbackMcpServer(HttpServer http, boolean needsLogin) {
        this.http = http;
        this.needsLogin = needsLogin;
    }

    public static LoopbackMcpServer start() throws IOException {
        return start(false);
    }

    /// Starts a server, which is also its own login service (OAuth with a registered client), that
    /// asks nobody for a password.
    public static LoopbackMcpServer startWithLogin() throws IOException {
        return start(true);
    }

    private static LoopbackMcpServer start(boolean needsLogin) throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LoopbackMcpServer server = new LoopbackMcpServer(http, needsLogin);
        http.createContext("/", server::reply);
        http.start();
        return server;
    }

    private void reply(HttpExchange call) throws IOException {
        try (call) {
            if (needsLogin && login(call)) {
                return;
            }
            if (!call.getRequestMethod().equals("POST")) {
                call.sendResponseHeaders(405, -1);
                return;
            }
            JsonNode request = Json.mapper().readTree(call.getRequestBody());
            if (!request.has("id")) {
                call.sendResponseHeaders(202, -1);
                return;
            }
            ObjectNode reply = Json.object().put("jsonrpc", "2.0");
            reply.set("id", request.get("id"));
            reply.set("result", result(request));
            send(call, 200, reply);
        }
    }

    private static void send(HttpExchange call, int status, JsonNode json) throws IOException {
        byte[] body = Json.encode(json);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
    }

    /// Whether the call was about the login, or lacks one.
    private boolean login(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        if (path.startsWith("/.well-known/oauth-protected-resource")) {
            ObjectNode resource = Json.object().put("resource", url());
            resource.putArray("authorization_servers").add(url());
            send(call, 200, resource);
        } else if (path.startsWith("/.well-known/")) {
            send(call, 200, loginService());
        } else if (path.equals("/register")) {
            ObjectNode client = (ObjectNode) Json.mapper().readTree(call.getRequestBody());
            send(call, 201, client.put("client_id", "oriel-test"));
        } else if (path.equals("/authorize")) {
            Map<String, String> query = query(call.getRequestURI());
            call.getResponseHeaders()
                    .set(
                            "Location",
                            query.get("redirect_uri") + "?code=c&state=" + query.get("state"));
            call.sendResponseHeaders(302, -1);
        } else if (path.equals("/token")) {
            token(call);
        } else if (isExpired
                || !("Bearer " + TOKEN + issued.get())
                        .equals(call.getRequestHeaders().getFirst("Authorization"))) {
            call.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer resource_metadata=\""
                                    + url()
                                    + ".well-known/oauth-protected-resource\"");
            send(call, 401, Json.object().put("error", "unauthorized"));
        } else {
            return false;
        }
        return true;
    }

    private void token(HttpExchange call) throws IOException {
        String form = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isRefresh = form.contains("grant_type=refresh_token");
        if (isRefresh && (refusesRefresh || !form.contains("refresh_token=again" + issued))) {
            send(call, 400, Json.object().put("error", "invalid_grant"));
            return;
        }
        if (isRefresh) {
            refreshes.incrementAndGet();
        }
        isExpired = false;
        int number = issued.incrementAndGet();
        send(
                call,
                200,
                Json.object()
                        .put("access_token", TOKEN + number)
                        .put("refresh_token", "again" + number)
                        .put("token_type", "Bearer")
                        .put("expires_in", 3_600));
    }

    /// From now on the token that was issued is refused.
    public void expire() {
        isExpired = true;
    }

    /// From now on tokens are not renewed.
    public void refuseRefresh() {
        refusesRefresh = true;
    }

    /// How often a token was renewed.
    public int refreshes() {
        return refreshes.get();
    }

    private ObjectNode loginService() {
        ObjectNode service = Json.object();
        service.put("issuer", url());
        service.put("authorization_endpoint", url() + "authorize");
        service.put("token_endpoint", url() + "token");
        service.put("registration_endpoint", url() + "register");
        service.putArray("response_types_supported").add("code");
        service.putArray("grant_types_supported").add("authorization_code");
        service.putArray("code_challenge_methods_supported").add("S256");
        service.putArray("token_endpoint_auth_methods_supported").add("none");
        return service;
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> all = new HashMap<>();
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            all.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return all;
    }

    private static ObjectNode result(JsonNode request) {
        ObjectNode result = Json.object();
        switch (request.path("method").asText()) {
            case "initialize" -> {
                result.put("protocolVersion", request.at("/params/protocolVersion").asText());
                result.putObject("capabilities").putObject("tools");
                result.putObject("serverInfo").put("name", "loop").put("version", "1");
            }
            case "tools/list" -> {
                var tools = result.putArray("tools");
                for (String name : new String[] {"add", "remove"}) {
                    ObjectNode tool = tools.addObject().put("name", name);
                    tool.put("description", name + "s a note");
                    tool.putObject("inputSchema").put("type", "object");
                    tool.putObject("annotations").put("destructiveHint", name.equals("remove"));
                }
            }
            case "tools/call" ->
                    result.putArray("content").addObject().put("type", "text").put("text", "Done");
            default -> {
                // An empty result.
            }
        }
        return result;
    }

    /// Its address.
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
