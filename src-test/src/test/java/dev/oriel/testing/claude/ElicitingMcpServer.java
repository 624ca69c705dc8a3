package dev.oriel.testing.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program that is an MCP server on standard input and output. Its only tool, `ask`, asks the
/// user for a name (elicitation) and returns the answer. If its input has a member `elicit`, that
/// is what it sends as parameters of `elicitation/create` instead.
public final class ElicitingMcpServer {
    private ElicitingMcpServer() {}

    /// The server's name in the CLI's configuration.
    public static Map<String, Object> configuration() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Map.of(
                "command",
                java,
                "args",
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ElicitingMcpServer.class.getName()));
    }

    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        JsonNode call = Json.object();
        String line;
        while ((line = in.readLine()) != null) {
            JsonNode message = Json.mapper().readTree(line);
            if (message.path("id").asText().equals("name?") && !message.has("method")) {
                String said = message.path("result").toString();
                ObjectNode result = Json.object();
                result.putArray("content").addObject().put("type", "text").put("text", said);
                reply(call, result);
                continue;
            }
            switch (message.path("method").asText()) {
                case "initialize" -> reply(message, greeting(message));
                case "tools/list" -> reply(message, tools());
                case "tools/call" -> {
                    call = message;
                    write(question(message.at("/params/arguments/elicit")));
                }
                default -> {
                    if (message.has("id")) {
                        reply(message, Json.object());
                    }
                }
            }
        }
    }

    private static ObjectNode greeting(JsonNode initialize) {
        ObjectNode result = Json.object();
        result.set("protocolVersion", initialize.at("/params/protocolVersion"));
        result.putObject("capabilities").putObject("tools");
        result.putObject("serverInfo").put("name", "desk").put("version", "1");
        return result;
    }

    private static ObjectNode tools() {
        ObjectNode result = Json.object();
        ObjectNode tool = result.putArray("tools").addObject();
        tool.put("name", "ask").put("description", "Asks for a name");
        tool.putObject("inputSchema").put("type", "object");
        tool.putObject("_meta").put("anthropic/alwaysLoad", true);
        return result;
    }

    private static ObjectNode question(JsonNode wanted) {
        ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", "name?");
        ObjectNode params = request.put("method", "elicitation/create").putObject("params");
        if (wanted.isObject()) {
            params.setAll((ObjectNode) wanted);
            return request;
        }
        ObjectNode schema = params.put("message", "Your name?").putObject("requestedSchema");
        schema.put("type", "object")
                .putObject("properties")
                .putObject("name")
                .put("type", "string");
        schema.putArray("required").add("name");
        return request;
    }

    private static void reply(JsonNode request, ObjectNode result) {
        ObjectNode reply = Json.object().put("jsonrpc", "2.0");
        reply.set("id", request.get("id"));
        write(reply.set("result", result));
    }

    private static void write(ObjectNode message) {
        System.out.println(message);
        System.out.flush();
    }
}
