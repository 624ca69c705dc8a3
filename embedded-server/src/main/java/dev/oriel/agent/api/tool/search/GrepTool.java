package dev.oriel.agent.api.tool.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.agent.api.tool.search.SearchQuery.Mode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds lines that match a regular expression: with ripgrep where it is installed, otherwise with
/// the same results in Java.
final class GrepTool implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(GrepTool.class);
    private static final int MAX_PATTERN = 10_000;
    private static final int MAX_CONTEXT = 1_000;
    private static final Set<String> CONTEXT = Set.of("-A", "-B", "-C", "context");

    private final String searchPath;

    /// @param searchPath folders in which ripgrep is looked for; empty for none
    GrepTool(String searchPath) {
        this.searchPath = searchPath;
    }

    @Override
    public String name() {
        return "Grep";
    }

    @Override
    public String description() {
        return """
        Searches the contents of files with a regular expression (the syntax of ripgrep: no \
        look-around, no back-references; write \\{ for a literal brace). What git ignores and \
        binary files are left out.

        - `output_mode`: "files_with_matches" (the default) lists the files, those changed last \
        first; "content" shows the lines, with `-A`, `-B`, `-C` for context and `-o` for the \
        matches alone; "count" tells how many lines match in each file.
        - Choose files with `path`, with `glob` (for example "*.java" or "src/**/*.{ts,tsx}") or \
        with `type` (for example "py").
        - Matches are within one line, unless `multiline` is true.
        - 250 lines or files are shown; `head_limit` and `offset` show others, 0 shows all.
        - Use this tool rather than grep or rg in Bash.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "pattern":{"type":"string","description":"The regular expression"},
                "path":{"type":"string",
                "description":"A file or folder; the session's folder by default"},
                "glob":{"type":"string","description":"Which files, for example *.js"},
                "output_mode":{"type":"string","enum":["content","files_with_matches","count"]},
                "-B":{"type":"number","description":"Lines before each match"},
                "-A":{"type":"number","description":"Lines after each match"},
                "-C":{"type":"number","description":"Lines around each match"},
                "context":{"type":"number","description":"As -C"},
                "-n":{"type":"boolean","description":"Show line numbers; true by default"},
                "-i":{"type":"boolean","description":"Ignore case"},
                "-o":{"type":"boolean","description":"Show the matched parts only"},
                "type":{"type":"string","description":"A type of files, for example java"},
                "head_limit":{"type":"number",
                "description":"How many lines or files to show; 250 by default, 0 for all"},
                "offset":{"type":"number","description":"How many to skip first"},
                "multiline":{"type":"boolean",
                "description":"Matches may contain line ends, and a dot matches them"}},
                "required":["pattern"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        ObjectNode input = call.input();
        for (String name : List.of("head_limit", "offset")) {
            if (wholeNumber(input, name, 0, Integer.MAX_VALUE) < 0) {
                return ToolOutcome.refused(
                        name
                                + " must be a whole number of 0 or more, got "
                                + input.path(name)
                                + "."
                                + (name.equals("offset") ? "" : " Pass 0 for unlimited."));
            }
        }
        for (String name : CONTEXT) {
            if (wholeNumber(input, name, 0, Integer.MAX_VALUE) < 0) {
                return ToolOutcome.refused(name + " must be a whole number of 0 or more.");
            }
        }
        if (input.path("pattern").asText().length() > MAX_PATTERN) {
            return ToolOutcome.refused(
                    "The pattern is longer than " + MAX_PATTERN + " characters.");
        }
        for (String name : List.of("pattern", "glob", "type", "path")) {
            if (input.path(name).asText().indexOf('\0') >= 0) {
                return ToolOutcome.refused("The parameter `" + name + "` contains NUL.");
            }
        }
        return SearchPath.resolve(input.path("path").asText(), context) == null
                ? ToolOutcome.refused("The parameter `path` is not a path.")
                : null;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        String path = call.input().path("path").asText();
        return ToolNeeds.reading(path.isBlank() ? context.folder().toString() : path);
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
        context.cancel().check();
        ObjectNode input = call.input();
        String given = input.path("path").asText();
        Path path = SearchPath.resolve(given, context);
        if (path == null || !Files.exists(path)) {
            return ToolOutcome.failed(
                    "Path does not exist: "
                            + given
                            + ". Note: your current working directory is "
                            + context.folder()
                            + ".");
        }
        if (!Files.isDirectory(path) && !Files.isRegularFile(path)) {
            return ToolOutcome.failed("Path is neither a file nor a folder: " + given);
        }
        try {
            SearchQuery query = query(input, context.folder(), SearchPath.withoutDots(path));
            return new GrepReport(query, input, context).outcome(search(query, context));
        } catch (SearchRejectedException e) {
            return ToolOutcome.failed(
                    "Search failed — the pattern, glob, or file type is not valid; nothing was"
                            + " searched:\n"
                            + e.getMessage());
        } catch (IOException e) {
            LOG.debug("A search failed", e);
            return ToolOutcome.failed("The path cannot be searched: " + given);
        } catch (StackOverflowError e) {
            return ToolOutcome.failed(
                    "Search failed — the regular expression is too complex for a file.");
        }
    }

    private SearchQuery.Result search(SearchQuery query, ToolContext context)
            throws SearchRejectedException, IOException, InterruptedException {
        // One file needs no second process.
        Ripgrep ripgrep = Files.isDirectory(query.path()) ? Ripgrep.find(searchPath) : null;
        return ripgrep == null
                ? JavaGrep.search(query, context.cancel())
                : ripgrep.search(query, context.cancel());
    }

    private static SearchQuery query(ObjectNode input, Path folder, Path path) {
        int around =
                Math.max(
                        wholeNumber(input, "context", 0, MAX_CONTEXT),
                        wholeNumber(input, "-C", 0, MAX_CONTEXT));
        return new SearchQuery(
                input.path("pattern").asText(),
                folder,
                path,
                Mode.of(input.path("output_mode").asText()),
                GlobFilter.split(input.path("glob").asText()),
                input.path("type").asText(),
                wholeNumber(input, "-B", around, MAX_CONTEXT),
                wholeNumber(input, "-A", around, MAX_CONTEXT),
                input.path("-i").asBoolean(),
                input.path("-o").asBoolean(),
                input.path("multiline").asBoolean());
    }

    /// @return the number, or the largest one that is allowed; -1 if it is not a whole one
    static int wholeNumber(ObjectNode input, String name, int otherwise, int most) {
        JsonNode value = input.path(name);
        if (!value.isNumber()) {
            return otherwise;
        }
        double number = value.asDouble();
        return number < 0 || number != Math.rint(number) ? -1 : (int) Math.min(number, most);
    }
}
