package dev.oriel.agent.api.tool.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Reads files: text with line numbers, images and PDF documents as they are, notebooks as cells.
final class ReadTool implements Tool {
    private static final int DEFAULT_LINES = 2_000;
    private static final int MAX_TEXT = 256 * 1024;
    private static final int MAX_LARGE_TEXT = 10 << 20;

    private final LinePager pager = new LinePager();

    @Override
    public String name() {
        return "Read";
    }

    @Override
    public String description() {
        return """
        Reads a file. Text comes with line numbers, each followed by a tab; they are not part of \
        the file. The first 2000 lines are shown; `offset` (the first line) and `limit` choose \
        others. At most 256 KB are shown at once, or 10 MB with `allow_large`. Images and PDF \
        documents are shown as such, Jupyter notebooks as cells with their outputs. Folders \
        cannot be read: use Glob or LS.
        """;
    }

    @Override
    public ObjectNode inputSchema() {
        return Json.parseStored(
                """
                {"$schema":"https://json-schema.org/draft/2020-12/schema",
                "type":"object","properties":{
                "file_path":{"type":"string","description":"The file, best an absolute path"},
                "offset":{"type":"integer","minimum":0,"maximum":9007199254740991,
                "description":"The number of the first line"},
                "limit":{"type":"integer","exclusiveMinimum":0,"maximum":9007199254740991,
                "description":"How many lines"},
                "pages":{"type":"string",
                "description":"Pages of a PDF document; all are shown in any case"},
                "allow_large":{"type":"boolean","description":"Show more than 256 KB"}},
                "required":["file_path"],"additionalProperties":false}
                """);
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public ToolOutcome.@Nullable Fail check(ToolRequest call, ToolContext context) {
        try {
            FileTarget.of(call.input().path("file_path").asText(), context);
            return null;
        } catch (FileFault e) {
            return e.outcome();
        }
    }

    @Override
    public ToolNeeds needs(ToolRequest call, ToolContext context) {
        return ToolNeeds.reading(call.input().path("file_path").asText());
    }

    @Override
    public ToolOutcome run(ToolRequest call, ToolContext context) {
        context.cancel().check();
        try {
            FileTarget target = FileTarget.of(call.input().path("file_path").asText(), context);
            BasicFileAttributes attributes = target.attributes();
            if (attributes == null) {
                throw FileFault.failed(target.missing(context));
            }
            if (attributes.isDirectory()) {
                throw FileFault.failed(
                        "EISDIR: illegal operation on a directory, read '" + target.given() + "'");
            }
            target.requireNotSpecial(attributes);
            ToolOutcome media =
                    MediaReader.read(target, attributes.size(), call.input().has("pages"));
            if (media != null) {
                return media;
            }
            if (NotebookEditTool.isNotebook(target)) {
                return readNotebook(target, context);
            }
            return attributes.size() > OpenedFile.MAX_BYTES
                    ? readLarge(target, attributes, call, context)
                    : readText(target, call, context);
        } catch (FileFault e) {
            return e.outcome();
        } catch (IOException e) {
            return ToolOutcome.failed(
                    "The file cannot be read: " + call.input().path("file_path").asText());
        }
    }

    private static long first(ToolRequest call) {
        return Math.max(1, call.input().path("offset").asLong(1));
    }

    private static long limit(ToolRequest call) {
        return call.input().path("limit").asLong(DEFAULT_LINES);
    }

    private static int maxBytes(ToolRequest call) {
        return call.input().path("allow_large").asBoolean() ? MAX_LARGE_TEXT : MAX_TEXT;
    }

    private static ToolOutcome readNotebook(FileTarget target, ToolContext context)
            throws FileFault, IOException {
        byte[] bytes = OpenedFile.read(target);
        if (bytes.length > OpenedFile.MAX_BYTES) {
            throw FileFault.failed("The notebook is larger than 10 MB: " + target.given());
        }
        TextFile file = TextFile.of(bytes);
        if (file == null) {
            throw OpenedFile.binary(target);
        }
        ToolOutcome outcome = NotebookCells.show(target, file.text());
        context.files().seen(target.real(), FileVersions.of(target.real(), bytes, true));
        return outcome;
    }

    private static ToolOutcome readText(FileTarget target, ToolRequest call, ToolContext context)
            throws FileFault, IOException {
        byte[] bytes = OpenedFile.read(target);
        TextFile file = TextFile.of(bytes);
        if (file == null) {
            throw OpenedFile.binary(target);
        }
        String text = file.text();
        long first = first(call);
        long count = text.chars().filter(c -> c == '\n').count() + 1;
        int start = 0;
        for (long line = 1; line < first && start >= 0; line++) {
            start = text.indexOf('\n', start) + 1;
            start = start == 0 ? -1 : start;
        }
        int end = start;
        for (long line = 0; line < limit(call) && start >= 0 && end <= text.length(); line++) {
            int next = text.indexOf('\n', end);
            end = (next < 0 ? text.length() : next) + 1;
        }
        String part = start < 0 ? "" : text.substring(start, Math.max(start, end - 1));
        boolean isComplete = start == 0 && end > text.length();
        ToolOutcome outcome =
                outcome(
                        target,
                        call,
                        part,
                        bytes.length == 0,
                        count,
                        part.length() > maxBytes(call));
        if (outcome instanceof ToolOutcome.Ok) {
            ReadState.Version seen = context.files().version(target.real());
            ReadState.Version now = FileVersions.of(target.real(), bytes, isComplete);
            if (seen == null || !seen.isComplete() || !seen.sha256().equals(now.sha256())) {
                context.files().seen(target.real(), now);
            }
        }
        return outcome;
    }

    private ToolOutcome readLarge(
            FileTarget target,
            BasicFileAttributes attributes,
            ToolRequest call,
            ToolContext context)
            throws FileFault, IOException {
        try (InputStream in = Files.newInputStream(target.real(), LinkOption.NOFOLLOW_LINKS)) {
            if (TextFile.isBinary(in.readNBytes(8 * 1024))) {
                throw OpenedFile.binary(target);
            }
        }
        LinePager.Page page =
                pager.read(
                        target.real(),
                        attributes,
                        first(call),
                        limit(call),
                        maxBytes(call),
                        context.cancel());
        return outcome(target, call, page.text(), false, page.lineCount(), page.isCut());
    }

    private static ToolOutcome outcome(
            FileTarget target,
            ToolRequest call,
            String part,
            boolean isEmpty,
            long count,
            boolean isTooLarge) {
        if (isTooLarge) {
            return ToolOutcome.failed(
                    "These lines are more than "
                            + maxBytes(call) / 1024
                            + " KB. The file has "
                            + count
                            + " lines: choose fewer with offset and limit"
                            + (maxBytes(call) == MAX_TEXT ? ", set allow_large to true," : "")
                            + " or search it with Grep.");
        }
        long first = first(call);
        boolean isPastEnd = first > count;
        long shown = isPastEnd ? 0 : part.chars().filter(c -> c == '\n').count() + 1;
        ObjectNode json = Json.object().put("type", "text");
        json.putObject("file")
                .put("filePath", target.given())
                .put("content", part)
                .put("numLines", shown)
                .put("startLine", first)
                .put("totalLines", count);
        if (isPastEnd) {
            return ToolOutcome.ok(
                    "<system-reminder>Warning: the file exists but is shorter than the provided"
                            + " offset ("
                            + first
                            + "). The file has "
                            + count
                            + " lines.</system-reminder>",
                    json);
        }
        if (isEmpty) {
            return ToolOutcome.ok(
                    "<system-reminder>Warning: the file exists but the contents are empty."
                            + "</system-reminder>",
                    json);
        }
        return ToolOutcome.ok(numbered(part, first), json);
    }

    private static String numbered(String part, long first) {
        StringBuilder text = new StringBuilder(part.length() + part.length() / 8 + 16);
        long number = first;
        int start = 0;
        while (true) {
            int end = part.indexOf('\n', start);
            text.append(number++).append('\t');
            if (end < 0) {
                return text.append(part, start, part.length()).toString();
            }
            text.append(part, start, end + 1);
            start = end + 1;
        }
    }
}
