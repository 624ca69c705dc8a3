package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import org.jspecify.annotations.Nullable;

/// Creates a file, or replaces its whole content.
final class WriteTool implements Tool {
    static final String STATE =
            " (file state is current in your context — no need to Read it back)";

    @Override
    public String name() {
        return "Write";
    }

    @Override
    public String description() {
        return """
        Writes a file: creates it, with its folders, or replaces all that it contains. Read an \
        existing file first; a file that was changed after you read it is not overwritten. Prefer \
        Edit for changes of a part. Encoding and permissions of an existing file are kept. At \
        most 10 MB.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "file_path":{"type":"string","description":"The file, best an absolute path"},
                "content":{"type":"string","description":"All that the file shall contain"}},
                "required":["file_path","content"],"additionalProperties":false}
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
            open(call, context);
            return null;
        } catch (FileFault e) {
            return e.outcome();
        }
    }

    private static OpenedFile open(ToolRequest call, ToolContext context) throws FileFault {
        if (call.input().path("content").asText().length() > OpenedFile.MAX_BYTES) {
            throw FileFault.refused("The content is larger than 10 MB.");
        }
        return OpenedFile.of(
                FileTarget.of(call.input().path("file_path").asText(), context), context);
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        String given = call.input().path("file_path").asText();
        String content = call.input().path("content").asText();
        try {
            OpenedFile file = open(call, context);
            file.write(file.text().with(content), true, context);
            boolean isNew = file.bytes() == null;
            String before = file.text().text();
            ObjectNode json =
                    Json.object()
                            .put("type", isNew ? "create" : "update")
                            .put("filePath", given)
                            .put("content", content);
            if (isNew) {
                json.putArray("structuredPatch");
                json.putNull("originalFile");
            } else {
                json.set("structuredPatch", PatchHunks.of(before, content.replace("\r\n", "\n")));
                json.put("originalFile", before);
            }
            json.put("userModified", false);
            return ToolOutcome.ok(
                    (isNew
                                    ? "File created successfully at: " + given
                                    : "The file " + given + " has been updated successfully.")
                            + STATE,
                    json);
        } catch (FileFault e) {
            return e.outcome();
        }
    }
}
