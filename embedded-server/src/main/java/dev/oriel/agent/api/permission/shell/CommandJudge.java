package dev.oriel.agent.api.permission.shell;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a command line after its parse.
public interface CommandJudge {
    /// @param cwd the folder in which the command line starts
    Facts judge(String command, Path cwd);

    /// The result of the parse.
    ///
    /// @param unclear why the command line cannot be judged, a sentence for the user; null if it
    ///   can
    /// @param commands the simple commands; empty if unclear
    /// @param suspects every text in the command line that may be run as a command, normalized for
    ///   rules that deny or ask; not empty even if unclear
    record Facts(@Nullable String unclear, List<Simple> commands, List<String> suspects) {
        public Facts {
            commands = List.copyOf(commands);
            suspects = List.copyOf(suspects);
        }
    }

    /// A simple command.
    ///
    /// @param text the command as rules match it
    /// @param isReadOnly whether it changes nothing, apart from `writes`
    /// @param isEdit whether it only creates, moves or deletes the files of `writes`, as the mode
    ///   `acceptEdits` allows
    /// @param reads paths that it reads
    /// @param writes paths that it writes, those of redirections included
    /// @param takesRules whether a rule that allows such commands allows this one; false in control
    ///   structures and for paths with `..` after a name, as in the CLI
    /// @param suggestion the rule that is offered for it; null for none
    record Simple(
            String text,
            boolean isReadOnly,
            boolean isEdit,
            List<String> reads,
            List<String> writes,
            boolean takesRules,
            @Nullable String suggestion) {
        public Simple {
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
        }
    }
}
