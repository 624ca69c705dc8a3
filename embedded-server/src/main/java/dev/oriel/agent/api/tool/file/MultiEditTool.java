package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import org.jspecify.annotations.Nullable;

/// Makes several replacements in one file: all of them or none.
final class MultiEditTool implements Tool {
    /// Characters of a text that the result repeats.
    private static final int SHOWN = 200;

    @Override
    public String name() {
        return "MultiEdit";
    }

    @Override
    public String description() {
        return """
        Makes several replacements in one file, one after the other, each as the tool Edit does. \
        If one of them is not possible, the file is not changed.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "file_path":{"type":"string","description":"The file, best an absolute path"},
                "edits":{"type":"array","minItems":1,"maxItems":1000,
                "description":"The replacements, in order",
                "items":{"type":"object","properties":{
                "old_string":{"type":"string","description":"The text to replace"},
                "new_string":{"type":"string","description":"The text to write instead"},
                "replace_all":{"type":"boolean","default":false,
                "description":"Replace all occurrences"}},
                "required":["old_string","new_string"],"additionalProperties":false}}},
                "required":["file_path","edits"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.writing(call.input().path("file_path").asText());
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        try {
            apply(open(call, context), call, context);
            return null;
        } catch (FileFault e) {
            return e.outcome();
        }
    }

    private static OpenedFile open(ToolRequest call, ToolContext context) throws FileFault {
        FileTarget target = FileTarget.of(call.input().path("file_path").asText(), context);
        NotebookEditTool.requireOtherFile(target);
        return OpenedFile.of(target, context);
    }

    private static TextFile apply(OpenedFile file, ToolRequest call, ToolContext context)
            throws FileFault {
        TextFile text = file.text();
        boolean exists = file.bytes() != null;
        for (JsonNode edit : call.input().path("edits")) {
            text = TextEdit.of(edit).apply(text, exists, file.target().missing(context));
            exists = true;
            if (text.raw().length() > OpenedFile.MAX_BYTES) {
                throw FileFault.refused("The content would be larger than 10 MB.");
            }
        }
        return text;
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        String given = call.input().path("file_path").asText();
        try {
            OpenedFile file = open(call, context);
            TextFile changed = apply(file, call, context);
            file.write(changed, file.isKnown(context), context);
            JsonNode edits = call.input().path("edits");
            String before = file.text().text();
            ObjectNode json = Json.object().put("filePath", given);
            json.set("edits", edits);
            json.put("originalFile", before);
            json.set("structuredPatch", PatchHunks.of(before, changed.text()));
            json.put("userModified", false);
            StringBuilder text =
                    new StringBuilder("Applied ")
                            .append(edits.size())
                            .append(edits.size() == 1 ? " edit to " : " edits to ")
                            .append(given)
                            .append(':');
            int number = 0;
            for (JsonNode edit : edits) {
                text.append('\n')
                        .append(++number)
                        .append(". Replaced \"")
                        .append(shortened(edit.path("old_string").asText()))
                        .append("\" with \"")
                        .append(shortened(edit.path("new_string").asText()))
                        .append('"');
            }
            return ToolOutcome.ok(text.toString(), json);
        } catch (FileFault e) {
            return e.outcome();
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
