package dev.oriel.agent.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.oriel.agent.ExternalTool;
import dev.oriel.message.Json;
import java.nio.file.Path;
import java.util.List;

/// Creates the demo's simulated tool calls. All their content is invented.
///
/// @param cwd the session's folder, used in paths only and never read
record DemoTools(Path cwd) {
    static final List<String> TODOS =
            List.of("Measure the window", "Cut the glass", "Fit the frame", "Look out");

    private static final List<String> BEFORE =
            List.of("# Demo", "", "This file was never here.", "Nothing is read.", "");
    private static final String OLD = "Nothing is read.";
    private static final String NEW = "Nothing is read, and nothing is written.";

    ScriptStep.Tool read() {
        String content = String.join("\n", BEFORE);
        ObjectNode details = Json.object().put("type", "text");
        details.putObject("file")
                .put("filePath", file())
                .put("content", content)
                .put("numLines", BEFORE.size())
                .put("startLine", 1)
                .put("totalLines", BEFORE.size());
        StringBuilder numbered = new StringBuilder();
        for (int i = 0; i < BEFORE.size(); i++) {
            numbered.append("%6d\t%s%n".formatted(i + 1, BEFORE.get(i)));
        }
        return new ScriptStep.Tool(
                "Read",
                Json.object().put("file_path", file()),
                false,
                numbered.toString().replace("\r", ""),
                details);
    }

    ScriptStep.Tool edit() {
        ObjectNode input =
                Json.object()
                        .put("file_path", file())
                        .put("old_string", OLD)
                        .put("new_string", NEW);
        ObjectNode details =
                Json.object()
                        .put("filePath", file())
                        .put("oldString", OLD)
                        .put("newString", NEW)
                        .put("originalFile", String.join("\n", BEFORE));
        ArrayNode lines =
                details.putArray("structuredPatch")
                        .addObject()
                        .put("oldStart", 1)
                        .put("oldLines", 4)
                        .put("newStart", 1)
                        .put("newLines", 4)
                        .putArray("lines");
        lines.add(" # Demo")
                .add(" ")
                .add(" This file was never here.")
                .add("-" + OLD)
                .add("+" + NEW);
        details.put("userModified", false).put("replaceAll", false);
        return new ScriptStep.Tool(
                "Edit",
                input,
                true,
                "The file " + file() + " has been updated. (Demo: no file was touched.)",
                details);
    }

    ScriptStep.Tool bash() {
        return command(
                "echo \"demo: this command is never run\"",
                "Say that this is a demo",
                "demo: this command is never run");
    }

    ScriptStep.Tool push() {
        return command(
                "git push --force origin main",
                "Push to a repository that does not exist",
                "demo: nothing was pushed");
    }

    ScriptStep.Tool todos(int done) {
        ObjectNode input = Json.object();
        ArrayNode todos = input.putArray("todos");
        for (int i = 0; i < TODOS.size(); i++) {
            String state = i < done ? "completed" : i == done ? "in_progress" : "pending";
            todos.addObject()
                    .put("content", TODOS.get(i))
                    .put("status", state)
                    .put("activeForm", TODOS.get(i));
        }
        ObjectNode details = Json.object();
        details.set("newTodos", todos.deepCopy());
        return new ScriptStep.Tool(
                "TodoWrite", input, false, "Todos have been modified successfully.", details);
    }

    ScriptStep.Question question() {
        ObjectNode input = Json.object();
        ObjectNode question =
                input.putArray("questions")
                        .addObject()
                        .put("question", "Which window shall the demo pretend to build?")
                        .put("header", "Window")
                        .put("multiSelect", false);
        ArrayNode options = question.putArray("options");
        option(options, "Oriel", "Juts out of the wall, and lets you look along the street");
        option(options, "Bay", "Stands on the ground, and takes more room");
        option(options, "Dormer", "Looks out of the roof");
        return new ScriptStep.Question(input);
    }

    private static void option(ArrayNode options, String label, String description) {
        options.addObject().put("label", label).put("description", description);
    }

    private static ScriptStep.Tool command(String command, String description, String output) {
        ObjectNode details =
                Json.object()
                        .put("stdout", output)
                        .put("stderr", "")
                        .put("interrupted", false)
                        .put("isImage", false)
                        .put("noOutputExpected", false);
        return new ScriptStep.Tool(
                "Bash",
                Json.object().put("command", command).put("description", description),
                true,
                output,
                details);
    }

    private String file() {
        return cwd.resolve("demo.md").toString();
    }

    /// A call of a client's tool. Its input has the required properties with values of the types in
    /// the tool's schema, so it is valid for most schemas.
    static ScriptStep.ClientTool clientTool(ExternalTool tool) {
        ObjectNode input = Json.object();
        for (JsonNode name : tool.schema().path("required")) {
            String key = name.asText();
            input.set(key, sampleValue(tool.schema().path("properties").path(key)));
        }
        return new ScriptStep.ClientTool(
                new ScriptStep.Tool("mcp__oriel__" + tool.name(), input, true, "", input),
                tool.name());
    }

    private static JsonNode sampleValue(JsonNode schema) {
        if (schema.path("enum").path(0).isValueNode() && schema.path("enum").isArray()) {
            return schema.path("enum").get(0);
        }
        return switch (schema.path("type").asText()) {
            case "integer", "number" -> IntNode.valueOf(1);
            case "boolean" -> BooleanNode.TRUE;
            case "array" -> Json.mapper().createArrayNode();
            case "object" -> Json.object();
            default -> TextNode.valueOf("demo");
        };
    }
}
