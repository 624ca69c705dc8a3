package dev.oriel.dialect.manager;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tools that a client can choose from (protocols: section 5.3), and what the CLI calls them.
enum Tool {
    READ("Read", false, "Read"),
    WRITE("Write", true, "Write"),
    EDIT("Edit", true, "Edit"),
    BASH("Bash", true, "Bash"),
    /// The CLI has two: for contents and for names.
    SEARCH("Search", false, "Grep Glob"),
    TASK("Task", false, "Task"),
    TODO_WRITE("TodoWrite", false, "TodoWrite"),
    WEB_SEARCH("WebSearch", false, "WebSearch"),
    WEB_FETCH("WebFetch", false, "WebFetch");

    /// Where a client chooses none.
    static final List<Tool> STANDARD = List.of(READ, WRITE, EDIT, BASH, SEARCH);

    private final String wire;
    private final boolean asks;
    private final String cli;

    Tool(String wire, boolean asks, String cli) {
        this.wire = wire;
        this.asks = asks;
        this.cli = cli;
    }

    String wire() {
        return wire;
    }

    /// Whether a client that chooses a permission mode is asked before it runs.
    boolean asks() {
        return asks;
    }

    List<String> cli() {
        return List.of(cli.split(" "));
    }

    static Optional<Tool> of(String wire) {
        return Arrays.stream(values()).filter(t -> t.wire.equals(wire)).findFirst();
    }

    /// All of them, for the sentence on a wrong one.
    static String listed() {
        String most =
                Arrays.stream(values())
                        .limit(values().length - 1L)
                        .map(t -> "'" + t.wire + "'")
                        .collect(Collectors.joining(", "));
        return most + " or '" + values()[values().length - 1].wire + "'";
    }
}
