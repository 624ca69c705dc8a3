package dev.oriel.dialect.manager;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tools that a client can select (wire.md 5.3), with the CLI's names.
enum ManagerTool {
    READ("Read", false, "Read"),
    WRITE("Write", true, "Write"),
    EDIT("Edit", true, "Edit"),
    BASH("Bash", true, "Bash"),
    /// The CLI has one for contents and one for names.
    SEARCH("Search", false, "Grep Glob"),
    TASK("Task", false, "Task"),
    TODO_WRITE("TodoWrite", false, "TodoWrite"),
    WEB_SEARCH("WebSearch", false, "WebSearch"),
    WEB_FETCH("WebFetch", false, "WebFetch"),
    /// Clients of the third generation name these two separately.
    GREP("Grep", false, "Grep"),
    GLOB("Glob", false, "Glob");

    private static final List<ManagerTool> OF_THIRD = List.of(GREP, GLOB);

    /// New names of tools in later CLIs, with the names that clients know.
    private static final Map<String, String> RENAMED = Map.of("Agent", TASK.wire);

    /// The tools of a client that selects none.
    static final List<ManagerTool> DEFAULTS = List.of(READ, WRITE, EDIT, BASH, SEARCH);

    private final String wire;
    private final boolean asks;
    private final String cli;

    ManagerTool(String wire, boolean asks, String cli) {
        this.wire = wire;
        this.asks = asks;
        this.cli = cli;
    }

    String wireName() {
        return wire;
    }

    /// Whether a client that chooses a permission mode is asked before the tool runs.
    boolean needsPermission() {
        return asks;
    }

    List<String> cliNames() {
        return List.of(cli.split(" "));
    }

    /// @param generation of the client
    static Optional<ManagerTool> find(String wire, ClientGeneration generation) {
        return Arrays.stream(values())
                .filter(t -> generation == ClientGeneration.THIRD || !OF_THIRD.contains(t))
                .filter(t -> t.wire.equals(wire))
                .findFirst();
    }

    /// The name by which clients know a tool.
    ///
    /// @param name the CLI's name
    static String wireNameOf(String name) {
        return RENAMED.getOrDefault(name, name);
    }

    /// All names, for the error about an unknown one.
    static String wireNames() {
        List<String> names =
                Arrays.stream(values())
                        .filter(t -> !OF_THIRD.contains(t))
                        .map(t -> "'" + t.wire + "'")
                        .toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }
}
