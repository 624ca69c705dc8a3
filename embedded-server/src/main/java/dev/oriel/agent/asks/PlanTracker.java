package dev.oriel.agent.asks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Message;
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

/// The plan that an agent works on. The CLI has the model write it into a file, a Markdown file in
/// its folder `plans`, before the model asks for approval. It is known from the writes themselves,
/// as far as they went through; the file is read as well, as it may have been changed since.
final class PlanTracker {
    /// The longest plan that is shown, bytes.
    static final int MOST = 256 * 1024;

    private static final byte[] MARKDOWN = ".md\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXIT = "ExitPlanMode".getBytes(StandardCharsets.US_ASCII);

    /// @param cut whether it goes on behind the text
    record Plan(String file, String text, boolean cut) {}

    /// Tool calls whose result has not come, by id: the name and the input.
    private final Map<String, JsonNode> calls = new HashMap<>();

    private boolean planning;
    private @Nullable String file;
    private @Nullable String written;

    /// Looks at a message that is no ask.
    void update(Message message) {
        switch (message.type()) {
            case "system" -> mode(message);
            case "assistant" -> {
                if (holds(message.bytes(), MARKDOWN) || holds(message.bytes(), EXIT)) {
                    called(message.tree());
                }
            }
            case "user" -> {
                if (!calls.isEmpty()) {
                    results(message.tree());
                }
            }
            case "result" -> calls.clear();
            default -> {
                // Says nothing of plans.
            }
        }
    }

    private void mode(Message message) {
        if (message.is("system", "init") || message.is("system", "status")) {
            String mode = message.tree().path("permissionMode").textValue();
            planning = mode == null ? planning : mode.equals("plan");
        }
    }

    private void called(JsonNode assistant) {
        for (JsonNode block : assistant.path("message").path("content")) {
            String tool = block.path("name").asText();
            String path = block.path("input").path("file_path").asText();
            boolean writes = tool.equals("Write") || tool.equals("Edit");
            if ((writes && mayBePlan(path)) || tool.equals("ExitPlanMode")) {
                calls.put(block.path("id").asText(), block);
            }
        }
    }

    private void results(JsonNode user) {
        for (JsonNode block : user.path("message").path("content")) {
            JsonNode call = calls.remove(block.path("tool_use_id").asText());
            if (call != null && !block.path("is_error").asBoolean()) {
                done(call);
            }
        }
    }

    private void done(JsonNode call) {
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
                // The plan was approved: the next one has to be written first.
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
        String by = edit.path("new_string").asText();
        int at = text.indexOf(old);
        return edit.path("replace_all").asBoolean()
                ? text.replace(old, by)
                : text.substring(0, at) + by + text.substring(at + old.length());
    }

    private boolean mayBePlan(String path) {
        String[] names = path.split("[/\\\\]");
        return path.toLowerCase(Locale.ROOT).endsWith(".md")
                && (planning || (names.length > 1 && names[names.length - 2].equals("plans")));
    }

    /// @param named the file that the ask itself names; empty if it names none
    Optional<Plan> plan(String named) {
        boolean known = named.isEmpty() || named.equals(file);
        String from = known ? file : named;
        if (from == null || !(known || mayBePlan(from))) {
            return Optional.empty();
        }
        Optional<Plan> read = read(from);
        if (read.isPresent() || !known || written == null || written.isBlank()) {
            return read;
        }
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        return Optional.of(plan(from, bytes));
    }

    private static Optional<Plan> read(String from) {
        try {
            Path path = Path.of(from);
            if (!path.isAbsolute() || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(path)) {
                Plan plan = plan(from, in.readNBytes(MOST + 1));
                return plan.text().isBlank() ? Optional.empty() : Optional.of(plan);
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Plan plan(String from, byte[] bytes) {
        int end = Math.min(bytes.length, MOST);
        while (end < bytes.length && end > 0 && (bytes[end] & 0xC0) == 0x80) {
            end--; // not inside a character
        }
        String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return new Plan(from, text, end < bytes.length);
    }

    private static boolean holds(byte[] bytes, byte[] wanted) {
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
