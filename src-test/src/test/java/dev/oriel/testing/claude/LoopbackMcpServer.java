package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// An MCP server with two tools, on this computer.
public final class LoopbackMcpServer implements AutoCloseable {
    private final HttpServer http;

    private LoopbackMcpServer(HttpServer http) {
        this.http = http;
    }

    public static LoopbackMcpServer start() throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", LoopbackMcpServer::reply);
        http.start();
        return new LoopbackMcpServer(http);
    }

    private static void reply(HttpExchange call) throws IOException {
        try (call) {
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
            byte[] body = Json.encode(reply);
            call.getResponseHeaders().set("Content-Type", "application/json");
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
        }
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
