package dev.oriel.agent.api.permission.shell;

import java.util.List;

/// A command line after its parse: simple commands with the operators between them. Immutable.
///
/// @param commands in the order in which they are written, those of control structures included
/// @param operators `;`, `&&`, `||` or `|` after each command but the last; `;` only if there are
///   control structures
/// @param hasStructure whether there are control structures or negations, so that commands can be
///   left out or repeated
record ShellLine(List<Command> commands, List<String> operators, boolean hasStructure) {
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
    record Word(String text, String raw, boolean isGlob) {
        /// Whether it sets a variable if it stands before everything else.
        boolean isAssignment() {
            return raw.matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*");
        }
    }
}
