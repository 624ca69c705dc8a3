package dev.oriel.agent.asks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tracks the plan that an agent is writing. In plan mode the CLI has the model write the plan to a
/// Markdown file in its folder `plans` before the model asks for approval. The plan is known from
/// the successful `Write` and `Edit` calls; the file is preferred where it can be read, because it
/// may have been changed since.
///
/// Confined to the thread that reads the agent.
final class PlanTracker {
    /// The maximum length of a plan's text in bytes.
    static final int MAX_BYTES = 256 * 1024;

    private static final byte[] MARKDOWN = ".md\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXIT = "ExitPlanMode".getBytes(StandardCharsets.US_ASCII);

    /// @param cut whether the text was cut at [#MAX_BYTES]
    record Plan(String file, String text, boolean cut) {}

    /// `tool_use` blocks that have no result yet, by id.
    private final Map<String, JsonNode> calls = new HashMap<>();

    private boolean planning;
    private @Nullable String file;
    private @Nullable String written;

    /// Updates the plan from a message that is not an ask.
    void update(Message message) {
        switch (message.type()) {
            case "system" -> updateMode(message);
            case "assistant" -> {
                if (contains(message.bytes(), MARKDOWN) || contains(message.bytes(), EXIT)) {
                    addCalls(message.tree());
                }
            }
            case "user" -> {
                if (!calls.isEmpty()) {
                    applyResults(message.tree());
                }
            }
            case "result" -> calls.clear();
            default -> {}
        }
    }

    private void updateMode(Message message) {
        if (message.is(MessageType.SYSTEM, SystemSubtype.INIT)
                || message.is(MessageType.SYSTEM, SystemSubtype.STATUS)) {
            String mode = message.tree().path("permissionMode").textValue();
            planning = mode == null ? planning : mode.equals("plan");
        }
    }

    private void addCalls(JsonNode assistant) {
        for (JsonNode block : assistant.path("message").path("content")) {
            String tool = block.path("name").asText();
            String path = block.path("input").path("file_path").asText();
            boolean writes = tool.equals("Write") || tool.equals("Edit");
            if ((writes && mayBePlan(path)) || tool.equals("ExitPlanMode")) {
                calls.put(block.path("id").asText(), block);
            }
        }
    }

    private void applyResults(JsonNode user) {
        for (JsonNode block : user.path("message").path("content")) {
            JsonNode call = calls.remove(block.path("tool_use_id").asText());
            if (call != null && !block.path("is_error").asBoolean()) {
                applyCall(call);
            }
        }
    }

    private void applyCall(JsonNode call) {
        JsonNode input = call.path("input");
        String path = input.path("file_path").asText();
        switch (call.path("name").asText()) {
            case "Write" -> {
                file = path;
                written = input.path("content").asText();
            }
            case "Edit" -> {
                written = path.equals(file) ? edited(written, input) : null;
                file = path;
            }
            default -> {
                // The plan was approved, so the next ExitPlanMode refers to another one.
                file = null;
                written = null;
            }
        }
    }

    private static @Nullable String edited(@Nullable String text, JsonNode edit) {
        String old = edit.path("old_string").asText();
        if (text == null || old.isEmpty() || !text.contains(old)) {
            return null;
        }
        String replacement = edit.path("new_string").asText();
        int index = text.indexOf(old);
        return edit.path("replace_all").asBoolean()
                ? text.replace(old, replacement)
                : text.substring(0, index) + replacement + text.substring(index + old.length());
    }

    private boolean mayBePlan(String path) {
        String[] names = path.split("[/\\\\]");
        return path.toLowerCase(Locale.ROOT).endsWith(".md")
                && (planning || (names.length > 1 && names[names.length - 2].equals("plans")));
    }

    /// Returns the current plan, if it is known.
    ///
    /// @param askFile the file that the ask names; empty if it names none
    Optional<Plan> plan(String askFile) {
        boolean known = askFile.isEmpty() || askFile.equals(file);
        String source = known ? file : askFile;
        if (source == null || !(known || mayBePlan(source))) {
            return Optional.empty();
        }
        Optional<Plan> read = read(source);
        if (read.isPresent() || !known || written == null || written.isBlank()) {
            return read;
        }
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        return Optional.of(plan(source, bytes));
    }

    private static Optional<Plan> read(String file) {
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute() || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(path)) {
                Plan plan = plan(file, in.readNBytes(MAX_BYTES + 1));
                return plan.text().isBlank() ? Optional.empty() : Optional.of(plan);
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Plan plan(String file, byte[] bytes) {
        int end = Math.min(bytes.length, MAX_BYTES);
        while (end < bytes.length && end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--; // do not split a UTF-8 sequence
        }
        String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return new Plan(file, text, end < bytes.length);
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        int last = bytes.length - wanted.length;
        for (int i = 0; i <= last; i++) {
            int n = 0;
            while (n < wanted.length && bytes[i + n] == wanted[n]) {
                n++;
            }
            if (n == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
