package dev.oriel.app.conversation.item;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The facts of a result that the card of its tool shows besides the text, from the CLI's
/// `tool_use_result` or from the blocks of a server tool. All texts are bounded.
public sealed interface ToolDetail {
    /// A result without such facts.
    ToolDetail NONE = new None();

    /// No facts are known.
    record None() implements ToolDetail {}

    /// A file was changed.
    record Edit(FileChange change) implements ToolDetail {}

    /// A command ended, or continues in the background.
    ///
    /// @param stderr its error output, if the CLI kept it apart from the other output; else empty
    /// @param taskId of the background task that continues it; empty if it ended
    /// @param timedOut the time limit that it exceeded, so that it continues in the background;
    ///   null if it did not
    /// @param meaning what the exit code means, if that is no failure; may be empty
    /// @param savedTo the file with the whole output if the result has only a part; may be empty
    record Command(
            String stderr,
            boolean interrupted,
            String taskId,
            @Nullable Duration timedOut,
            String meaning,
            String savedTo)
            implements ToolDetail {}

    /// A part of a file was read.
    ///
    /// @param firstLine number of the first line of the text, from 1
    /// @param lines number of lines that were read
    /// @param totalLines of the file; 0 if unknown
    record FileRead(String path, int firstLine, int lines, int totalLines) implements ToolDetail {}

    /// Files or lines were found.
    ///
    /// @param files number of files
    /// @param matches number of matching lines; -1 if they were not counted
    /// @param partial whether there are more than were returned
    record Found(int files, int matches, boolean partial) implements ToolDetail {}

    /// The web was searched.
    ///
    /// @param summary what was written about the results; may be empty
    record WebHits(List<WebLink> links, String summary) implements ToolDetail {
        public WebHits {
            links = List.copyOf(links);
        }
    }

    /// A page was fetched.
    ///
    /// @param status of HTTP; 0 if unknown
    /// @param bytes size of the page; 0 if unknown
    record WebPage(String url, int status, String statusText, long bytes) implements ToolDetail {}

    /// An entry of a search result, or a resource of an MCP server.
    ///
    /// @param remark for example its age; may be empty
    record WebLink(String title, String url, String remark) {}

    /// The list of to-dos was replaced.
    record Todos(List<ChecklistEntry> before, List<ChecklistEntry> after) implements ToolDetail {
        public Todos {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /// One task was created, read or changed.
    ///
    /// @param from its state before; null if it is new or did not change
    record TaskEntry(ChecklistEntry task, ChecklistEntry.@Nullable State from)
            implements ToolDetail {}

    /// All tasks were listed.
    record TaskEntries(List<ChecklistEntry> tasks) implements ToolDetail {
        public TaskEntries {
            tasks = List.copyOf(tasks);
        }
    }

    /// The user answered questions.
    record Answers(List<Answer> answers) implements ToolDetail {
        public Answers {
            answers = List.copyOf(answers);
        }
    }

    /// What the user answered to one question.
    record Answer(String question, String answer) {}

    /// A plan was presented.
    ///
    /// @param path the file that has it; may be empty
    record Plan(String markdown, String path) implements ToolDetail {}

    /// A subagent was started or ended.
    ///
    /// @param background whether it continues while Claude does something else
    record Agent(String taskId, boolean background, long tokens, int toolUses)
            implements ToolDetail {}

    /// An MCP server returned data.
    ///
    /// @param json the data, printed over several lines; empty if there are only links
    /// @param links resources that the result refers to
    record Structured(String json, List<WebLink> links) implements ToolDetail {
        public Structured {
            links = List.copyOf(links);
        }
    }
}
