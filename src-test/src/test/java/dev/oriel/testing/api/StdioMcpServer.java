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
/// it never answers; with `full` it also has prompts, resources, progress and tools that change or
/// end it; with `hostile` it has a thousand tools with strange names, and floods its outputs; with
/// `deep` one of these has a schema that no parser reads.
public final class StdioMcpServer {
    private static boolean full;
    private static boolean hostile;
    private static boolean tooDeep;
    private static boolean hasLearned;

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
        full = args.length > 0 && args[0].equals("full");
        tooDeep = args.length > 0 && args[0].equals("deep");
        hostile = tooDeep || (args.length > 0 && args[0].equals("hostile"));
        if (hostile) {
            flood();
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
                    ObjectNode capabilities = result.putObject("capabilities");
                    capabilities.putObject("tools").put("listChanged", full);
                    if (full) {
                        capabilities.putObject("prompts");
                        capabilities.putObject("resources");
                    }
                    result.putObject("serverInfo").put("name", "notes").put("version", "7");
                }
                case "tools/list" -> tools(result);
                case "tools/call" -> call(message.path("params"), result);
                case "prompts/list" -> prompts(result);
                case "prompts/get" -> prompt(message.path("params"), result);
                case "resources/list" ->
                        result.putArray("resources")
                                .addObject()
                                .put("uri", "note://1")
                                .put("name", "First")
                                .put("mimeType", "text/plain");
                case "resources/read" -> resource(message.at("/params/uri").asText(), result);
                case "notifications/cancelled" ->
                        System.err.println("cancelled " + message.path("params"));
                default -> {
                    // An empty result.
                }
            }
            if (message.at("/params/name").asText().equals("hold")) {
                System.err.println("holding");
                continue; // never answered
            }
            if (message.has("id") && message.has("method")) {
                ObjectNode reply = Json.object().put("jsonrpc", "2.0");
                reply.set("id", message.get("id"));
                System.out.println(reply.set("result", result).toString());
                System.out.flush();
            }
        }
    }

    private static void flood() {
        System.out.println("x".repeat(1 << 20));
        System.out.println("{\"jsonrpc\":\"2.0\",\"id\":\"nobody\",\"result\":{}}");
        System.out.println("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/unknown\"}");
        System.out.println("[1,2,{]");
        System.out.println("\u0000\u001b[31m");
        for (int i = 0; i < 2_000; i++) {
            System.err.println("noise noise noise noise noise noise noise noise noise " + i);
        }
    }

    private static void strangeTools(ObjectNode result, int depth) {
        var tools = result.putArray("tools");
        for (int i = 0; i < 1_000; i++) {
            ObjectNode tool = tools.addObject().put("name", "t".repeat(100) + i);
            tool.putObject("inputSchema").put("type", "object");
        }
        for (String name : new String[] {"a.b", "a/b", "a b", "a\nb", ""}) {
            ObjectNode tool = tools.addObject().put("name", name);
            tool.putObject("inputSchema").put("type", "object");
        }
        ObjectNode text = tools.addObject().put("name", "text");
        text.put("description", "d".repeat(100_000));
        text.putObject("inputSchema").put("type", "string");
        ObjectNode nested = tools.addObject().put("name", "nested");
        ObjectNode schema = nested.putObject("inputSchema").put("type", "object");
        for (int i = 0; i < depth; i++) {
            schema = schema.putObject("properties").putObject("p").put("type", "object");
        }
    }

    private static void prompts(ObjectNode result) {
        ObjectNode prompt = result.putArray("prompts").addObject();
        prompt.put("name", "greet").put("description", "Greets somebody");
        var arguments = prompt.putArray("arguments");
        arguments.addObject().put("name", "who").put("required", true);
        arguments.addObject().put("name", "how");
    }

    private static void prompt(JsonNode params, ObjectNode result) {
        var messages = result.putArray("messages");
        text(
                messages.addObject().put("role", "user").putObject("content"),
                "Greet with " + params.path("arguments"));
    }

    private static void resource(String uri, ObjectNode result) {
        var contents = result.putArray("contents");
        contents.addObject()
                .put("uri", uri)
                .put("mimeType", "text/plain")
                .put("text", "The note " + uri);
        contents.addObject()
                .put("uri", uri + "/picture")
                .put("mimeType", "image/png")
                .put("blob", "aGk=");
    }

    private static void write(ObjectNode message) {
        System.out.println(message.put("jsonrpc", "2.0"));
        System.out.flush();
    }

    private static void tools(ObjectNode result) {
        if (hostile) {
            strangeTools(result, tooDeep ? 400 : 50);
            return;
        }
        var tools = result.putArray("tools");
        if (full) {
            for (String name : new String[] {"die", "hold", "learn", "progress"}) {
                ObjectNode tool = tools.addObject().put("name", name);
                tool.putObject("inputSchema").put("type", "object");
            }
            if (hasLearned) {
                tools.addObject()
                        .put("name", "learned")
                        .putObject("inputSchema")
                        .put("type", "object");
            }
            return;
        }
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
            case "die" -> System.exit(7);
            case "learn" -> {
                hasLearned = true;
                write(Json.object().put("method", "notifications/tools/list_changed"));
                text(content.addObject(), "I know more now.");
            }
            case "progress" -> {
                ObjectNode message = Json.object().put("method", "notifications/progress");
                ObjectNode about = message.putObject("params");
                about.set("progressToken", params.at("/_meta/progressToken"));
                about.put("progress", 1).put("total", 4).put("message", "One of four");
                write(message);
                text(content.addObject(), "Done");
            }
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
