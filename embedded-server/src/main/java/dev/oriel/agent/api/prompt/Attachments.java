package dev.oriel.agent.api.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.permission.Verdict;
import dev.oriel.agent.api.tool.ToolNeeds;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Files that a prompt mentions, `@src/Main.java`, `@"with space.md"` or `@big.log#L10-20`: their
/// contents follow the prompt as if the model had read them. A file that the agent may not read
/// without an ask is left to the model. Thread-safe.
public final class Attachments {
    static final int MAX_FILES = 20;
    static final int MAX_BYTES = 128 * 1024;
    static final int MAX_ALL = 400 * 1024;
    private static final int MAX_LINES = 2_000;
    private static final int MAX_ENTRIES = 200;
    private static final Pattern MENTION =
            Pattern.compile("(?<![^\\s(\\[,;])@(?:\"([^\"\\n]+)\"|([^\\s\"]+))");
    private static final Pattern LINES = Pattern.compile("(.+)#L(\\d{1,9})(?:-L?(\\d{1,9}))?");
    private static final String AFTER_NAME = ".,;:!?)]}'";

    private final Path folder;
    private final Permissions permissions;

    /// @param folder the session's folder
    /// @param permissions decide which files may be read
    public Attachments(Path folder, Permissions permissions) {
        this.folder = folder;
        this.permissions = permissions;
    }

    /// The texts for the model; empty if the prompt mentions no file that exists. Reads files.
    public List<String> of(String prompt) {
        List<String> texts = new ArrayList<>();
        int size = 0;
        for (Mention mention : mentions(prompt)) {
            List<String> read = read(mention);
            int more = read.stream().mapToInt(String::length).sum();
            if (size + more > MAX_ALL) {
                break;
            }
            size += more;
            texts.addAll(read);
        }
        return texts;
    }

    /// @param first number of the first line, from 1
    /// @param last number of the last line
    private record Mention(Path path, boolean hasLines, int first, int last) {}

    private Set<Mention> mentions(String prompt) {
        Set<Mention> found = new LinkedHashSet<>();
        Matcher matcher = MENTION.matcher(prompt);
        while (matcher.find() && found.size() < MAX_FILES) {
            String quoted = matcher.group(1);
            Mention mention = find(quoted == null ? matcher.group(2) : quoted, quoted != null);
            if (mention != null) {
                found.add(mention);
            }
        }
        return found;
    }

    private @Nullable Mention find(String name, boolean isExact) {
        String rest = name;
        while (!rest.isEmpty()) {
            Matcher lines = LINES.matcher(rest);
            boolean hasLines = lines.matches();
            Path path = resolve(hasLines ? lines.group(1) : rest);
            if (path != null && Files.exists(path)) {
                int first = hasLines ? Math.max(1, Integer.parseInt(lines.group(2))) : 1;
                String end = hasLines ? lines.group(3) : null;
                int last = end == null ? first : Integer.parseInt(end);
                return new Mention(path, hasLines, first, Math.max(first, last));
            }
            if (isExact || AFTER_NAME.indexOf(rest.charAt(rest.length() - 1)) < 0) {
                return null;
            }
            rest = rest.substring(0, rest.length() - 1); // the end of a sentence
        }
        return null;
    }

    private @Nullable Path resolve(String name) {
        try {
            return folder.resolve(name).normalize();
        } catch (InvalidPathException _) {
            return null;
        }
    }

    private List<String> read(Mention mention) {
        Path path = mention.path();
        ObjectNode input = Json.object().put("file_path", path.toString());
        if (mention.hasLines()) {
            input.put("offset", mention.first());
            input.put("limit", mention.last() - mention.first() + 1);
        }
        ToolRequest call = new ToolRequest("mention", "Read", input);
        Verdict verdict = permissions.judge(call, ToolNeeds.reading(path.toString()));
        if (!(verdict instanceof Verdict.Allow)) {
            return List.of();
        }
        try {
            if (Files.isDirectory(path)) {
                return List.of(
                        reminder(
                                "The user mentioned the folder "
                                        + path
                                        + ". It contains:\n"
                                        + list(path)));
            }
            BoundedFiles.Text text =
                    BoundedFiles.read(path, mention.hasLines() ? 8 * MAX_BYTES : MAX_BYTES);
            return text == null
                    ? List.of(
                            reminder(
                                    "The user mentioned the file "
                                            + path
                                            + ". It is not a text file: use the tool Read."))
                    : List.of(
                            reminder("Called the Read tool with the following input: " + input),
                            reminder("Result of calling the Read tool:\n" + number(text, mention)));
        } catch (IOException _) {
            return List.of(); // the model finds out why when it reads the file
        }
    }

    /// The lines as the tool Read returns them.
    private static String number(BoundedFiles.Text file, Mention mention) {
        String[] lines = file.text().replace("\r\n", "\n").split("\n", -1);
        int from = Math.min(mention.first() - 1, lines.length);
        int to = mention.hasLines() ? mention.last() : MAX_LINES;
        to = Math.min(Math.min(to, lines.length), from + MAX_LINES);
        StringBuilder numbered = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (numbered.length() > MAX_BYTES) {
                to = i;
                break;
            }
            numbered.append(i + 1).append('\t').append(lines[i]).append('\n');
        }
        boolean isCut = !mention.hasLines() && (file.isCut() || to < lines.length);
        return isCut
                ? numbered
                        + "[only the first "
                        + (to - from)
                        + " lines; read the rest with the tool Read]"
                : numbered.substring(0, Math.max(0, numbered.length() - 1));
    }

    private static String list(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        int more = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (names.size() >= MAX_ENTRIES) {
                    more = 1;
                    break;
                }
                names.add(entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""));
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return String.join("\n", names) + (more > 0 ? "\n[more is not listed]" : "");
    }

    private static String reminder(String text) {
        return "<system-reminder>\n" + text + "\n</system-reminder>\n";
    }
}
