package dev.oriel.agent.api.tool.file;

import dev.oriel.agent.api.tool.Tool;
import java.util.List;

/// The tools that read and change files.
public final class FileTools {
    private FileTools() {}

    public static List<Tool> all() {
        return List.of(
                new ReadTool(),
                new WriteTool(),
                new EditTool(),
                new MultiEditTool(),
                new NotebookEditTool());
    }
}
