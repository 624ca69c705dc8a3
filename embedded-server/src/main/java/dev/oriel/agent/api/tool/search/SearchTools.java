package dev.oriel.agent.api.tool.search;

import dev.oriel.agent.api.tool.Tool;
import java.util.List;

/// The tools that find files.
public final class SearchTools {
    private SearchTools() {}

    /// The tools, with ripgrep if the environment variable PATH leads to it.
    public static List<Tool> all() {
        String path = System.getenv("PATH");
        return all(path == null ? "" : path);
    }

    /// @param searchPath folders in which ripgrep is looked for, as in the environment variable
    ///   PATH; empty for none
    public static List<Tool> all(String searchPath) {
        return List.of(new GlobTool(), new GrepTool(searchPath), new LsTool());
    }
}
