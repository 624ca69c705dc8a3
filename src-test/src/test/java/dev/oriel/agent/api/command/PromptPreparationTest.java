package dev.oriel.agent.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.command.PromptPreparation.Prepared;
import dev.oriel.agent.api.command.PromptPreparation.Typed;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.prompt.Attachments;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.testing.api.FolderPermissions;
import dev.oriel.testing.api.SampleMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptPreparationTest {
    @TempDir Path folder;
    private Hooks.HookVerdict verdict = Hooks.HookVerdict.NONE;

    @BeforeEach
    void create() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "content of a");
    }

    private Prepared prepare(String text) {
        return new PromptPreparation(
                        new OneVerdict(),
                        new HelloCommand(),
                        new Attachments(folder, new FolderPermissions(folder)))
                .prepare(SampleMessages.prompt(text), new CancelScope());
    }

    private static @Nullable Typed typed(String text) {
        return PromptPreparation.typed(SampleMessages.prompt(text));
    }

    @Test
    void aPlainPromptIsFollowedByMentionedFiles() {
        assertThat(prepare("hi").texts()).isEmpty();
        assertThat(prepare("see @a.txt").texts().getLast()).contains("content of a");
    }

    @Test
    void aCommandIsExpanded() {
        Prepared prepared = prepare("/hello  Bob and\nAlice ");

        assertThat(prepared.texts()).containsExactly("Hello Bob and\nAlice");
        assertThat(prepared.allowedTools()).containsExactly("Read");
        assertThat(prepared.model()).isEqualTo("haiku");
    }

    @Test
    void whatIsNoCommandGoesToTheModel() {
        assertThat(prepare("/nothing like that").blocked()).isNull();
        assertThat(prepare("/nothing like that").texts()).isEmpty();
        assertThat(typed("/usr/bin/ls is a file")).isNull();
        assertThat(typed("a /hello")).isNull();
        assertThat(typed("/")).isNull();
        assertThat(typed("/git:log x")).isEqualTo(new Typed("git:log", "x"));
    }

    @Test
    void aCommandThatCannotBeReadIsReported() {
        assertThat(prepare("/broken").blocked()).isEqualTo("The file of /broken cannot be read.");
    }

    @Test
    void aHookCanBlockThePrompt() {
        verdict = new Hooks.HookVerdict("no", false, false, null, List.of(), null, List.of("n"));

        assertThat(prepare("/hello x").blocked()).endsWith("no");
        assertThat(prepare("/hello x").texts()).isEmpty();
        assertThat(prepare("/hello x").notices()).containsExactly("n");
    }

    @Test
    void theContextOfAHookFollows() {
        verdict = new Hooks.HookVerdict(null, false, false, null, List.of("c"), null, List.of());

        assertThat(prepare("/hello x").texts()).containsExactly("Hello x", "c");
    }

    private final class OneVerdict implements Hooks {
        @Override
        public HookVerdict onPrompt(String prompt, CancelScope cancel) {
            return verdict;
        }

        @Override
        public HookVerdict beforeTool(ToolRequest call, CancelScope cancel) {
            return HookVerdict.NONE;
        }

        @Override
        public HookVerdict afterTool(ToolRequest call, ObjectNode result, CancelScope cancel) {
            return HookVerdict.NONE;
        }

        @Override
        public HookVerdict onStop(String lastText, boolean isActive, CancelScope cancel) {
            return HookVerdict.NONE;
        }
    }

    private static final class HelloCommand implements Commands {
        @Override
        public List<ObjectNode> list() {
            return List.of();
        }

        @Override
        public @Nullable Expansion expand(String name, String arguments) throws IOException {
            return switch (name) {
                case "hello" ->
                        new Expansion(List.of("Hello " + arguments), List.of("Read"), "haiku");
                case "broken" -> throw new IOException("The file of /broken cannot be read.");
                default -> null;
            };
        }

        @Override
        public @Nullable String skillReminder() {
            return null;
        }
    }
}
