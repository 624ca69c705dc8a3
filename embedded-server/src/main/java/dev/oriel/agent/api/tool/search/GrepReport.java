package dev.oriel.agent.api.tool.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.search.FileHits.Line;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Writes the result of a search as the CLI does.
final class GrepReport {
    private static final int LIMIT = 250;

    /// UTF-16 units of one result.
    private static final int MAX_TEXT = 100_000;

    private static final String INCOMPLETE =
            "\n\n(The search ended at its limit of time or size. Narrow the pattern or path.)";

    private final SearchQuery query;
    private final ToolContext context;
    private final int limit;
    private final int offset;
    private final boolean numbers;

    GrepReport(SearchQuery query, ObjectNode input, ToolContext context) {
        this.query = query;
        this.context = context;
        this.limit = GrepTool.wholeNumber(input, "head_limit", LIMIT, Integer.MAX_VALUE);
        this.offset = GrepTool.wholeNumber(input, "offset", 0, Integer.MAX_VALUE);
        this.numbers = input.path("-n").asBoolean(true);
    }

    ToolOutcome outcome(SearchQuery.Result result) {
        String note = result.isIncomplete() ? INCOMPLETE : "";
        List<FileHits> files = new ArrayList<>(result.files());
        Comparator<FileHits> byPath =
                (a, b) -> SearchPath.compare(a.file().toString(), b.file().toString());
        return switch (query.mode()) {
            case FILES -> {
                files.sort(
                        Comparator.comparingLong(FileHits::modified)
                                .reversed()
                                .thenComparing(byPath));
                yield files(files, note);
            }
            case COUNT -> {
                files.sort(byPath);
                yield counts(files, note);
            }
            case CONTENT -> {
                files.sort(byPath);
                yield content(files, note);
            }
        };
    }

    private ToolOutcome files(List<FileHits> files, String note) {
        List<String> names = files.stream().map(f -> SearchPath.shown(f.file(), context)).toList();
        Page page = page(names);
        ObjectNode json = Json.object().put("mode", "files_with_matches");
        page.lines().forEach(json.putArray("filenames")::add);
        json.put("numFiles", page.lines().size()).put("totalFiles", names.size());
        page.describe(json);
        if (page.lines().isEmpty()) {
            return ToolOutcome.ok(
                    (names.isEmpty() ? "No files found" : page.nothing()) + note, json);
        }
        String pagination = page.pagination();
        return ToolOutcome.ok(
                "Found "
                        + page.lines().size()
                        + (page.lines().size() == 1 ? " file" : " files")
                        + (pagination.isEmpty() ? "" : " " + pagination)
                        + "\n"
                        + page.text()
                        + note,
                json);
    }

    private ToolOutcome counts(List<FileHits> files, String note) {
        List<String> all =
                files.stream()
                        .map(f -> SearchPath.shown(f.file(), context) + ":" + f.count())
                        .toList();
        long total = files.stream().mapToLong(FileHits::count).sum();
        Page page = page(all);
        ObjectNode json = Json.object().put("mode", "count").put("numFiles", files.size());
        json.putArray("filenames");
        json.put("content", page.text()).put("numMatches", total);
        page.describe(json);
        String shown =
                all.isEmpty()
                        ? "No matches found"
                        : page.lines().isEmpty() ? "No entries at this offset" : page.text();
        String pagination = page.pagination();
        return ToolOutcome.ok(
                shown
                        + "\n\nFound "
                        + total
                        + (total == 1 ? " total occurrence" : " total occurrences")
                        + " across "
                        + files.size()
                        + (files.size() == 1 ? " file." : " files.")
                        + (pagination.isEmpty() ? "" : " with pagination = " + pagination)
                        + note,
                json);
    }

    private ToolOutcome content(List<FileHits> files, String note) {
        List<String> all = new ArrayList<>();
        for (FileHits file : files) {
            if (hasContext() && !all.isEmpty()) {
                all.add("--");
            }
            boolean single = file.file().equals(query.path());
            addLines(file, single ? "" : SearchPath.shown(file.file(), context), all);
        }
        Page page = page(all);
        ObjectNode json = Json.object().put("mode", "content").put("numFiles", 0);
        json.putArray("filenames");
        json.put("content", page.text())
                .put("numLines", page.lines().size())
                .put("totalLines", all.size());
        page.describe(json);
        if (all.isEmpty()) {
            return ToolOutcome.ok("No matches found" + note, json);
        }
        String pagination = page.pagination();
        return ToolOutcome.ok(
                (page.lines().isEmpty() ? "No entries at this offset" : page.text())
                        + (pagination.isEmpty()
                                ? ""
                                : "\n\n[Showing results with pagination = " + pagination + "]")
                        + note,
                json);
    }

    private boolean hasContext() {
        return query.before() > 0 || query.after() > 0;
    }

    private void addLines(FileHits file, String name, List<String> into) {
        long previous = 0;
        for (Line line : file.lines()) {
            if (line.number() == 0) {
                into.add(line.text());
                continue;
            }
            if (hasContext() && previous > 0 && line.number() > previous + 1) {
                into.add("--");
            }
            previous = line.number();
            String separator = line.isMatch() ? ":" : "-";
            into.add(
                    (name.isEmpty() ? "" : name + separator)
                            + (numbers ? line.number() + separator : "")
                            + withoutReturn(line.text()));
        }
    }

    private static String withoutReturn(String text) {
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private Page page(List<String> all) {
        int from = Math.min(offset, all.size());
        int to = limit == 0 ? all.size() : (int) Math.min(all.size(), (long) from + limit);
        int length = 0;
        int end = from;
        while (end < to && length + all.get(end).length() < MAX_TEXT) {
            length += all.get(end++).length() + 1;
        }
        return new Page(List.copyOf(all.subList(from, end)), end < all.size(), offset);
    }

    /// The part of a result that is shown.
    private record Page(List<String> lines, boolean isCut, int offset) {
        String text() {
            return String.join("\n", lines);
        }

        String pagination() {
            String skipped = offset > 0 ? "offset: " + offset : "";
            if (!isCut || lines.isEmpty()) {
                return skipped;
            }
            return "limit: " + lines.size() + (skipped.isEmpty() ? "" : ", " + skipped);
        }

        String nothing() {
            return "No entries at this offset\n\n[Showing results with pagination = "
                    + pagination()
                    + "]";
        }

        void describe(ObjectNode json) {
            if (isCut && !lines.isEmpty()) {
                json.put("appliedLimit", lines.size());
            }
            if (offset > 0) {
                json.put("appliedOffset", offset);
            }
        }
    }
}
