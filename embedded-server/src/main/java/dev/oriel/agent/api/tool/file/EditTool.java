package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import org.jspecify.annotations.Nullable;

/// Replaces a text in a file by another one.
final class EditTool implements Tool {
    @Override
    public String name() {
        return "Edit";
    }

    @Override
    public String description() {
        return """
        Replaces `old_string` in a file by `new_string`. Read the file first; a file that was \
        changed after you read it is not edited. `old_string` must be exactly the text of the \
        file, without the line numbers of Read, and must occur once, unless `replace_all` is \
        true: then each occurrence is replaced. An empty `old_string` creates a file. Line ends, \
        encoding and permissions are kept.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "file_path":{"type":"string","description":"The file, best an absolute path"},
                "old_string":{"type":"string","description":"The text to replace"},
                "new_string":{"type":"string","description":"The text to write instead"},
                "replace_all":{"type":"boolean","default":false,
                "description":"Replace all occurrences"}},
                "required":["file_path","old_string","new_string"],"additionalProperties":false}
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
            OpenedFile file = open(call, context);
            apply(file, call, context);
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
        return TextEdit.of(call.input())
                .apply(file.text(), file.bytes() != null, file.target().missing(context));
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        String given = call.input().path("file_path").asText();
        TextEdit edit = TextEdit.of(call.input());
        try {
            OpenedFile file = open(call, context);
            TextFile changed = apply(file, call, context);
            boolean isKnown = file.isKnown(context);
            file.write(changed, isKnown, context);
            String before = file.text().text();
            ObjectNode json =
                    Json.object()
                            .put("filePath", given)
                            .put("oldString", edit.before())
                            .put("newString", edit.after())
                            .put("originalFile", before);
            json.set("structuredPatch", PatchHunks.of(before, changed.text()));
            json.put("userModified", false).put("replaceAll", edit.all());
            if (!isKnown) {
                json.put("contentNotInModelContext", true);
            }
            return ToolOutcome.ok(
                    "The file "
                            + given
                            + (edit.all()
                                    ? " has been updated. All occurrences were successfully"
                                            + " replaced."
                                    : " has been updated successfully.")
                            + (isKnown ? WriteTool.STATE : ""),
                    json);
        } catch (FileFault e) {
            return e.outcome();
        }
    }
}
