package dev.oriel.agent.api.tool.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds files by their names, those that git ignores too.
final class GlobTool implements Tool {
    private static final Logger LOG = LoggerFactory.getLogger(GlobTool.class);
    private static final int LIMIT = 100;

    @Override
    public String name() {
        return "Glob";
    }

    @Override
    public String description() {
        return """
        Finds files by name, for example "**/*.java", "src/**/*.{ts,tsx}" or "README*". A pattern \
        without a slash matches at any depth. Returns paths, those changed last at the end; at \
        most 100. Hidden files and files that git ignores are included. Use Grep to search what \
        files contain.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "pattern":{"type":"string","description":"The pattern of the files' paths"},
                "path":{"type":"string",
                "description":"The folder to search; leave it out for the session's folder"}},
                "required":["pattern"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    /// Where to search, and for what.
    private record Target(@Nullable Path folder, String given, String pattern) {}

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        for (String name : List.of("pattern", "path")) {
            if (call.input().path(name).asText().indexOf('\0') >= 0) {
                return ToolOutcome.refused("The parameter `" + name + "` contains NUL.");
            }
        }
        return target(call, context).folder() == null
                ? ToolOutcome.refused("The parameter `path` is not a path.")
                : null;
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        Target target = target(call, context);
        return ToolNeeds.reading(
                target.given().isBlank() ? context.folder().toString() : target.given());
    }

    /// An absolute pattern names the folder itself: all before its first part with a wildcard.
    private static Target target(ToolRequest call, ToolContext context) {
        String pattern = call.input().path("pattern").asText();
        String given = call.input().path("path").asText();
        if (isAbsolute(pattern)) {
            String unified = pattern.replace('\\', '/');
            int wildcard = 0;
            while (wildcard < unified.length() && "*?[{".indexOf(unified.charAt(wildcard)) < 0) {
                wildcard++;
            }
            int slash = unified.lastIndexOf('/', wildcard);
            given = unified.substring(0, Math.max(1, slash));
            pattern = unified.substring(slash + 1);
        }
        return new Target(SearchPath.resolve(given, context), given, pattern);
    }

    private static boolean isAbsolute(String pattern) {
        try {
            int wildcard = pattern.indexOf('*');
            return Path.of(wildcard < 0 ? pattern : pattern.substring(0, wildcard)).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private record Found(String path, long modified) {}

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) throws InterruptedException {
        context.cancel().check();
        long start = System.nanoTime();
        Target target = target(call, context);
        Path folder = target.folder();
        if (folder == null || !Files.exists(folder)) {
            return ToolOutcome.failed(
                    "Directory does not exist: "
                            + target.given()
                            + ". Note: your current working directory is "
                            + context.folder()
                            + ".");
        }
        if (!Files.isDirectory(folder)) {
            return ToolOutcome.failed("Path is not a directory: " + target.given());
        }
        HitLimits limits = new HitLimits(context.cancel());
        List<Found> found;
        Path base;
        try {
            base = SearchPath.withoutDots(folder);
            found = search(base, target.pattern(), context, limits);
        } catch (SearchRejectedException e) {
            return ToolOutcome.failed(
                    "Search failed — the pattern is not valid; nothing was searched:\n"
                            + e.getMessage());
        } catch (IOException e) {
            LOG.debug("A folder cannot be listed", e);
            return ToolOutcome.failed("The folder cannot be listed: " + target.given());
        }
        List<String> shown =
                found.stream()
                        .limit(LIMIT)
                        .map(f -> SearchPath.shown(base.resolve(f.path()), context))
                        .toList();
        return outcome(shown, found.size(), start, limits.isReached());
    }

    private static List<Found> search(
            Path base, String pattern, ToolContext context, HitLimits limits)
            throws SearchRejectedException, IOException, InterruptedException {
        TreeWalk.Choice choice =
                new TreeWalk.Choice(GlobFilter.of(List.of(pattern)), "", List.of(), false, null);
        ConcurrentLinkedQueue<List<Found>> parts = new ConcurrentLinkedQueue<>();
        new TreeWalk(base.toRealPath(), choice, context.cancel(), limits::isReached)
                .run(() -> {
                    List<Found> part = new ArrayList<>();
                    parts.add(part);
                    return (_, path, attributes) ->
                            part.add(
                                    new Found(
                                            path,
                                            attributes
                                                    .lastModifiedTime()
                                                    .to(TimeUnit.NANOSECONDS)));
                });
        List<Found> found = new ArrayList<>();
        parts.forEach(found::addAll);
        found.sort(
                Comparator.comparingLong(Found::modified)
                        .thenComparing((a, b) -> SearchPath.compare(a.path(), b.path())));
        return found;
    }

    private static ToolOutcome outcome(
            List<String> shown, int total, long start, boolean isIncomplete) {
        ObjectNode json = Json.object();
        shown.forEach(json.putArray("filenames")::add);
        json.put("durationMs", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                .put("numFiles", shown.size())
                .put("truncated", total > shown.size())
                .put("totalMatches", total)
                .put("countIsComplete", !isIncomplete);
        String text = shown.isEmpty() ? "No files found" : String.join("\n", shown);
        if (total > shown.size()) {
            text +=
                    "\n(Showing "
                            + shown.size()
                            + " of "
                            + total
                            + " matching files; "
                            + (total - shown.size())
                            + " more are not listed. Narrow the pattern or path to see the rest.)";
        }
        if (isIncomplete) {
            text += "\n(The search took too long and was ended. Narrow the pattern or path.)";
        }
        return ToolOutcome.ok(text, json);
    }
}
