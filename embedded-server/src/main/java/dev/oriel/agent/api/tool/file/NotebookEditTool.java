package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Changes one cell of a Jupyter notebook.
final class NotebookEditTool implements Tool {
    @Override
    public String name() {
        return "NotebookEdit";
    }

    @Override
    public String description() {
        return """
        Changes one cell of a Jupyter notebook (.ipynb). Read the notebook first: it shows the \
        ids of the cells. `edit_mode` replace (the default) writes `new_source` as the cell's \
        source, and removes the outputs of a code cell; insert adds a cell after `cell_id`, or at \
        the top without it, and needs `cell_type`; delete removes the cell.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "notebook_path":{"type":"string",
                "description":"The notebook, best an absolute path"},
                "cell_id":{"type":"string","description":"The id of the cell, as Read shows it"},
                "new_source":{"type":"string","description":"The new source of the cell"},
                "cell_type":{"type":"string","enum":["code","markdown"],
                "description":"The type of the cell; without it, the type stays"},
                "edit_mode":{"type":"string","enum":["replace","insert","delete"],
                "description":"What to do, replace by default"}},
                "required":["notebook_path","new_source"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.writing(path(call));
    }

    private static String path(ToolRequest call) {
        return call.input().path("notebook_path").asText();
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        try {
            CellChange change = CellChange.of(call.input());
            change.apply(NotebookText.parse(open(call, context).text().text()));
            return null;
        } catch (FileFault e) {
            return FileFault.refused(String.valueOf(e.getMessage())).outcome();
        }
    }

    private static OpenedFile open(ToolRequest call, ToolContext context) throws FileFault {
        FileTarget target = FileTarget.of(path(call), context);
        if (!isNotebook(target)) {
            throw FileFault.refused(
                    "File must be a Jupyter notebook (.ipynb file). Use Edit for other files.");
        }
        OpenedFile file = OpenedFile.of(target, context);
        if (file.bytes() == null) {
            throw FileFault.refused(target.missing(context));
        }
        if (context.files().version(target.real()) == null) {
            throw FileFault.refused(
                    "File has not been read yet. Read it first before writing to it.");
        }
        return file;
    }

    /// @throws FileFault if it is a notebook: what Read shows of one is not its text
    static void requireOtherFile(FileTarget target) throws FileFault {
        if (isNotebook(target)) {
            throw FileFault.refused(
                    "File is a Jupyter Notebook. Use NotebookEdit to edit this file.");
        }
    }

    static boolean isNotebook(FileTarget target) {
        return target.real().toString().toLowerCase(Locale.ROOT).endsWith(".ipynb");
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        try {
            CellChange change = CellChange.of(call.input());
            OpenedFile file = open(call, context);
            String before = file.text().text();
            ObjectNode notebook = NotebookText.parse(before);
            CellChange.Changed changed = change.apply(notebook);
            String after = NotebookText.write(notebook, before);
            file.write(file.text().with(after.replace("\n", file.text().lineEnd())), true, context);
            return ToolOutcome.ok(
                    changed.text(change.source()),
                    changed.structured(change, NotebookCells.language(notebook))
                            .put("notebook_path", context.resolve(path(call)).toString())
                            .put("original_file", before)
                            .put("updated_file", after));
        } catch (FileFault e) {
            return e.outcome();
        }
    }
}
