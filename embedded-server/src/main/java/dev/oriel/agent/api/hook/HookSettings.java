package dev.oriel.agent.api.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.api.prompt.BoundedFiles;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The hooks that the user's and the project's settings define. Immutable: settings that change,
/// for example because the model edits them, count for the next agent.
///
/// @param hooks in the order of the files
/// @param notices sentences for the user about what is not understood
record HookSettings(List<HookCommand> hooks, List<String> notices) {
    static final Set<String> EVENTS =
            Set.of("PreToolUse", "PostToolUse", "UserPromptSubmit", "Stop", "SubagentStop");
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_FILE = 1024 * 1024;
    private static final int MAX_HOOKS = 100;
    private static final int MAX_COMMAND = 32 * 1024;

    HookSettings {
        hooks = List.copyOf(hooks);
        notices = List.copyOf(notices);
    }

    /// Reads the settings files. Blocks.
    ///
    /// @param folder the session's folder
    /// @param isTrusted whether the folder's own settings count
    static HookSettings read(Path folder, Path home, boolean isTrusted) {
        List<Path> files = new ArrayList<>();
        files.add(home.resolve(".claude").resolve("settings.json"));
        if (isTrusted && !folder.equals(home)) {
            files.add(folder.resolve(".claude").resolve("settings.json"));
        }
        if (isTrusted) {
            files.add(folder.resolve(".claude").resolve("settings.local.json"));
        }
        Reader reader = new Reader();
        files.forEach(reader::read);
        return reader.result();
    }

    private static final class Reader {
        private final List<HookCommand> hooks = new ArrayList<>();
        private final List<String> notices = new ArrayList<>();
        private final Set<String> unsupported = new TreeSet<>();
        private boolean isDisabled;

        void read(Path file) {
            if (Files.notExists(file)) {
                return;
            }
            try {
                BoundedFiles.Text text = BoundedFiles.read(file, MAX_FILE);
                if (text == null || text.isCut()) {
                    throw new MalformedMessageException("not a settings file");
                }
                JsonNode json = Json.parseObject(text.text().getBytes(StandardCharsets.UTF_8));
                isDisabled |= json.path("disableAllHooks").asBoolean();
                json.path("hooks").properties().forEach(e -> event(e.getKey(), e.getValue()));
            } catch (IOException _) {
                notices.add("The hooks in " + file + " do not run, because it cannot be read.");
            }
        }

        private void event(String event, JsonNode groups) {
            for (JsonNode group : groups) {
                for (JsonNode hook : group.path("hooks")) {
                    String type = hook.path("type").asText("command");
                    String command = hook.path("command").asText();
                    if (!EVENTS.contains(event)) {
                        unsupported.add(event);
                    } else if (!type.equals("command")) {
                        unsupported.add(event + " (" + type + ")");
                    } else if (!command.isBlank()
                            && command.length() <= MAX_COMMAND
                            && hooks.size() < MAX_HOOKS) {
                        String matcher = group.path("matcher").asText();
                        hooks.add(new HookCommand(event, matcher, command, timeout(hook)));
                    }
                }
            }
        }

        private static Duration timeout(JsonNode hook) {
            double seconds = hook.path("timeout").asDouble(0);
            if (!(seconds > 0)) {
                return TIMEOUT;
            }
            double most = MAX_TIMEOUT.toSeconds();
            return Duration.ofMillis((long) (Math.min(seconds, most) * 1000));
        }

        HookSettings result() {
            if (isDisabled) {
                return new HookSettings(List.of(), notices);
            }
            if (!unsupported.isEmpty()) {
                notices.add(
                        "Hooks of these events do not run in this session: "
                                + String.join(", ", unsupported.stream().limit(20).toList())
                                + ".");
            }
            return new HookSettings(hooks, notices);
        }
    }
}
