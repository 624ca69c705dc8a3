package dev.oriel.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A program that is an MCP server on standard input and output, with a tool for each kind of
/// result. With the argument `broken` it ends at once, with a key on standard error; with `silent`
/// it never answers.
public final class StdioMcpServer {
    private StdioMcpServer() {}

    /// The server in the form of `.mcp.json`.
    public static ObjectNode configuration(String... arguments) {
        ObjectNode json =
                Json.object()
                        .put(
                                "command",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        var args =
                json.putArray("args")
                        .add("-XX:TieredStopAtLevel=1")
                        .add("-XX:+UseSerialGC")
                        .add("-cp")
                        .add(System.getProperty("java.class.path"))
                        .add(StdioMcpServer.class.getName());
        for (String argument : arguments) {
            args.add(argument);
        }
        json.putObject("env").put("NOTES_KEY", "${HOME:-}");
        return json;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].equals("broken")) {
            System.err.println("cannot log in with sk-ant-canary-0123");
            System.exit(3);
        }
        if (args.length > 0 && args[0].equals("silent")) {
            Thread.sleep(3_600_000);
        }
        System.out.println("This line is no message.");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            JsonNode message = Json.mapper().readTree(line);
            ObjectNode result = Json.object();
            switch (message.path("method").asText()) {
                case "initialize" -> {
                    result.set("protocolVersion", message.at("/params/protocolVersion"));
                    result.putObject("capabilities").putObject("tools");
                    result.putObject("serverInfo").put("name", "notes").put("version", "7");
                }
                case "tools/list" -> tools(result);
                case "tools/call" -> call(message.path("params"), result);
                default -> {
                    // An empty result.
                }
            }
            if (message.has("id") && message.has("method")) {
                ObjectNode reply = Json.object().put("jsonrpc", "2.0");
                reply.set("id", message.get("id"));
                System.out.println(reply.set("result", result).toString());
                System.out.flush();
            }
        }
    }

    private static void tools(ObjectNode result) {
        var tools = result.putArray("tools");
        for (String name :
                new String[] {"echo", "fail", "image", "long", "place", "records", "wait"}) {
            ObjectNode tool = tools.addObject().put("name", name).put("description", "Does it.");
            tool.putObject("inputSchema").put("type", "object").putObject("properties");
            tool.putObject("annotations").put("readOnlyHint", name.equals("echo"));
        }
        ObjectNode bad = tools.addObject().put("name", "bad");
        bad.putObject("inputSchema").put("type", "object").putArray("anyOf").addObject();
    }

    private static void call(JsonNode params, ObjectNode result) throws InterruptedException {
        var content = result.putArray("content");
        switch (params.path("name").asText()) {
            case "fail" -> {
                text(content.addObject(), "It failed.");
                result.put("isError", true);
            }
            case "image" -> {
                text(content.addObject(), "A picture");
                content.addObject()
                        .put("type", "image")
                        .put("mimeType", "image/png")
                        .put("data", "aGk=");
            }
            case "long" -> text(content.addObject(), "x".repeat(150_000));
            case "place" ->
                    text(
                            content.addObject(),
                            Path.of("").toAbsolutePath()
                                    + " "
                                    + System.getenv("NOTES_KEY")
                                    + " "
                                    + System.getenv("ANTHROPIC_API_KEY"));
            case "records" -> result.putObject("structuredContent").put("count", 2);
            case "wait" -> {
                System.err.println("waiting");
                Thread.sleep(3_600_000);
            }
            default -> text(content.addObject(), params.path("arguments").toString());
        }
    }

    private static void text(ObjectNode block, String text) {
        block.put("type", "text").put("text", text);
    }
}
