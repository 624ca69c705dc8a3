package dev.oriel.agent.api.permission.shell;

import java.util.List;

/// A command line after its parse: simple commands with the operators between them. Immutable.
///
/// @param operators `;`, `&&`, `||` or `|` after each command but the last
record ShellLine(List<Command> commands, List<String> operators) {
    ShellLine {
        commands = List.copyOf(commands);
        operators = List.copyOf(operators);
    }

    /// A simple command.
    ///
    /// @param reads targets of `<`
    /// @param writes targets of `>`, `>>` and `&>`
    record Command(List<Word> words, List<Word> reads, List<Word> writes) {
        Command {
            words = List.copyOf(words);
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
        }
    }

    /// A word.
    ///
    /// @param text without quotes and backslashes
    /// @param raw as written
    /// @param isGlob whether it contains an unquoted `*`, `?` or `[`
    record Word(String text, String raw, boolean isGlob) {}
}
