package dev.oriel.agent.api.tool.other;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import dev.oriel.testing.api.SettablePermissions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillToolTest {
    /// One skill, `sk`, and one that cannot be read, `broken`.
    private static final class OneSkill implements Commands {
        @Override
        public List<ObjectNode> list() {
            return List.of();
        }

        @Override
        public @Nullable Expansion expand(String name, String arguments) throws IOException {
            return switch (name) {
                case "sk" -> new Expansion(List.of("Do it: " + arguments), List.of("Read"), null);
                case "broken" -> throw new IOException("no permission");
                default -> null;
            };
        }

        @Override
        public @Nullable String skillReminder() {
            return null;
        }
    }

    @TempDir Path folder;

    private final SettablePermissions permissions = new SettablePermissions();
    private final SkillTool tool = new SkillTool(new OneSkill(), permissions);
    private RecordedCalls calls;

    @BeforeEach
    void open() {
        calls = new RecordedCalls(folder, folder.resolve("private"));
    }

    @Test
    void loadsASkill() throws InterruptedException {
        for (String name : List.of("sk", "/sk", " sk ")) {
            ToolOutcome outcome = calls.call(tool, "skill", name, "args", "now");
            assertThat(outcome.content().asText()).isEqualTo("Launching skill: sk");
            assertThat(outcome.structured())
                    .isEqualTo(Json.object().put("success", true).put("commandName", "sk"));
            assertThat(((ToolOutcome.Ok) outcome).reminders()).containsExactly("Do it: now");
        }
        assertThat(permissions.allowedForTurn()).contains("Read");
    }

    @Test
    void saysWhatIsWrong() throws InterruptedException {
        assertThat(calls.call(tool, "skill", "nope").content().asText())
                .isEqualTo("<tool_use_error>Unknown skill: nope</tool_use_error>");
        assertThat(calls.call(tool, "skill", "broken").content().asText())
                .isEqualTo("The skill broken cannot be read: no permission");
    }
}
