package dev.oriel.dialect.manager;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tools that a client can choose from (wire.md 5.3), and what the CLI calls them.
enum ManagerTool {
    READ("Read", false, "Read"),
    WRITE("Write", true, "Write"),
    EDIT("Edit", true, "Edit"),
    BASH("Bash", true, "Bash"),
    /// The CLI has two: for contents and for names.
    SEARCH("Search", false, "Grep Glob"),
    TASK("Task", false, "Task"),
    TODO_WRITE("TodoWrite", false, "TodoWrite"),
    WEB_SEARCH("WebSearch", false, "WebSearch"),
    WEB_FETCH("WebFetch", false, "WebFetch"),
    /// Clients of the third generation name the two by themselves.
    GREP("Grep", false, "Grep"),
    GLOB("Glob", false, "Glob");

    private static final List<ManagerTool> OF_THIRD = List.of(GREP, GLOB);

    /// What a later CLI calls a tool that clients know by another name.
    private static final Map<String, String> RENAMED = Map.of("Agent", TASK.wire);

    /// Where a client chooses none.
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

    /// Whether a client that chooses a permission mode is asked before it runs.
    boolean needsPermission() {
        return asks;
    }

    List<String> cliNames() {
        return List.of(cli.split(" "));
    }

    /// @param generation of the client that names it
    static Optional<ManagerTool> find(String wire, ClientGeneration generation) {
        return Arrays.stream(values())
                .filter(t -> generation == ClientGeneration.THIRD || !OF_THIRD.contains(t))
                .filter(t -> t.wire.equals(wire))
                .findFirst();
    }

    /// The name by which clients know a tool.
    ///
    /// @param name what the CLI calls it
    static String wireNameOf(String name) {
        return RENAMED.getOrDefault(name, name);
    }

    /// All of them, for the sentence on a wrong one.
    static String wireNames() {
        List<String> names =
                Arrays.stream(values())
                        .filter(t -> !OF_THIRD.contains(t))
                        .map(t -> "'" + t.wire + "'")
                        .toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }
}
