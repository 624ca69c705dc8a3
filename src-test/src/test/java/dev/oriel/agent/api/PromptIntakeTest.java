package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.prompt.SystemBlocks;
import dev.oriel.agent.api.tool.ToolRequest;
import dev.oriel.agent.api.turn.ContextLimit;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.SystemSubtype;
import dev.oriel.testing.api.SettablePermissions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prompts before the model gets them: slash commands, hooks, mentioned files.
class PromptIntakeTest {
    @TempDir Path folder;
    private ScriptedApiAgent agent;

    @BeforeEach
    void create() {
        agent = new ScriptedApiAgent(folder);
    }

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void theCostIsAnsweredWithoutTheModel() {
        agent.api.text("Hello").text("Again");
        agent.start();
        agent.prompt("hi");
        agent.events.awaitResult(1);
        agent.prompt("/cost");
        JsonNode result = agent.events.awaitResult(2);
        assertThat(result.path("num_turns").asInt()).isZero();
        assertThat(result.path("result").asText())
                .startsWith("Estimated cost: $0.0002\n")
                .contains("test-model: 11 input, 7 output");
        JsonNode answer = agent.events.messages("assistant").getLast().tree();
        assertThat(answer.path("message").path("model").asText()).isEqualTo("<synthetic>");
        assertThat(answer.path("local_command_run").path("command").asText()).isEqualTo("cost");
        assertThat(agent.api.requests()).hasSize(1);

        agent.prompt("again");
        agent.events.awaitResult(3);
        assertThat(lastRequest()).contains("again").doesNotContain("cost");
    }

    @Test
    void theContextIsAnsweredWithoutTheModel() {
        agent.start();
        agent.prompt("/context");
        assertThat(agent.events.awaitResult(1).path("result").asText())
                .contains("**Model:** test-model")
                .contains("| Free space |");
        assertThat(agent.control("get_context_usage").path("response").path("maxTokens").asInt())
                .isEqualTo(200_000);
        assertThat(agent.api.requests()).isEmpty();
    }

    @Test
    void theModelIsChosen() {
        agent.start();
        agent.prompt("/model nonsense");
        assertThat(agent.events.awaitResult(1).path("result").asText())
                .isEqualTo("There is no model `nonsense`.");
        agent.prompt("/model test-model");
        assertThat(agent.events.awaitResult(2).path("result").asText())
                .isEqualTo("Set the model to `test-model` for this session.");
    }

    @Test
    void theConversationIsForgotten() {
        agent.api.text("Hello").text("Again");
        agent.start();
        agent.prompt("my secret word");
        agent.events.awaitResult(1);
        String clear = agent.prompt("/clear");
        agent.events.awaitResult(2);
        JsonNode reset = agent.events.awaitMessage("conversation_reset").tree();
        assertThat(reset.path("user_message_uuid").asText()).isEqualTo(clear);
        agent.prompt("again");
        agent.events.awaitResult(3);
        assertThat(lastRequest()).contains("again").doesNotContain("secret");
    }

    @Test
    void anEmptyConversationIsNotSummarized() {
        agent.start();
        agent.prompt("/compact");
        assertThat(agent.events.awaitResult(1).path("result").asText())
                .isEqualTo("There is nothing to summarize yet.");
    }

    @Test
    void anUnknownCommandIsATextForTheModel() {
        agent.api.text("Hello");
        agent.start();
        agent.prompt("/etc/hosts is what?");
        assertThat(agent.events.awaitResult(1).path("result").asText()).isEqualTo("Hello");
        assertThat(lastRequest()).contains("/etc/hosts is what?");
    }

    @Test
    void aCommandOfAFileIsExpandedWithItsRulesAndTheSkillsAreListedOnce() {
        SettablePermissions permissions = new SettablePermissions();
        agent.permissions = permissions;
        agent.commands = new Greeting();
        agent.api.text("Hello").text("Again");
        agent.start();
        agent.prompt("/greet Ada and Bob");
        agent.events.awaitResult(1);
        assertThat(agent.userTexts()).containsExactly("the skills", "Greet Ada and Bob");
        assertThat(permissions.allowedForTurn()).containsExactly("Bash(date)");
        agent.prompt("and now?");
        agent.events.awaitResult(2);
        assertThat(agent.userTexts()).hasSize(2);
    }

    @Test
    void theSkillsAreToldAgainAfterASummary() {
        agent.commands = new Greeting();
        agent.limit = new Summarizing(agent);
        agent.api.text("Hello").text("Again");
        agent.start();
        agent.prompt("hi");
        agent.events.awaitResult(1);
        agent.prompt("/compact");
        agent.events.awaitResult(2);
        agent.prompt("and now?");
        agent.events.awaitResult(3);
        assertThat(lastRequest()).containsOnlyOnce("the skills").contains("the summary");
    }

    @Test
    void skillsThatASummaryKeepsAreNotToldAgain() {
        agent.commands = new Greeting();
        Summarizing limit = new Summarizing(agent);
        agent.limit = limit;
        agent.api.text("Hello").text("Again");
        agent.start();
        agent.prompt("hi");
        agent.events.awaitResult(1);
        agent.events.messages("user").forEach(m -> limit.kept.add(m.uuid()));
        agent.prompt("/compact");
        agent.events.awaitResult(2);
        agent.prompt("and now?");
        agent.events.awaitResult(3);
        assertThat(lastRequest()).containsOnlyOnce("the skills").contains("the summary");
    }

    @Test
    void theContextNamesTheInstructionsOfTheProject() {
        agent.system = new Instructed();
        agent.start();
        agent.prompt("hi");
        agent.events.awaitResult(1);
        assertThat(agent.control("get_context_usage").path("response").path("categories"))
                .filteredOn(c -> c.path("id").asText().equals("memory_files"))
                .singleElement()
                .satisfies(c -> assertThat(c.path("tokens").asInt()).isGreaterThan(1000));
    }

    @Test
    void mentionedFilesFollowThePrompt() {
        agent.attachments = text -> text.contains("@a.txt") ? List.of("the file") : List.of();
        agent.api.text("Hello");
        agent.start();
        agent.prompt("see @a.txt");
        agent.events.awaitResult(1);
        assertThat(agent.userTexts()).containsExactly("the file");
        assertThat(lastRequest()).contains("see @a.txt", "the file");
    }

    @Test
    void aHookStopsAPromptOrAddsToIt() {
        agent.hooks = new PromptHooks();
        agent.api.text("Hello");
        agent.start();
        agent.prompt("a forbidden thing");
        assertThat(agent.events.awaitResult(1).path("result").asText())
                .isEqualTo("A hook has stopped this prompt: Not allowed.");
        agent.prompt("a good thing");
        agent.events.awaitResult(2);
        assertThat(lastRequest())
                .contains("a good thing", "context of a hook")
                .doesNotContain("forbidden");
    }

    private String lastRequest() {
        StringBuilder text = new StringBuilder();
        agent.api
                .requests()
                .getLast()
                .messages()
                .forEach(m -> text.append(ScriptedApiAgent.parse(m)));
        return text.toString();
    }

    /// The command `/greet`.
    private static final class Greeting implements Commands {
        @Override
        public List<ObjectNode> list() {
            return List.of(Json.object().put("name", "greet"));
        }

        @Override
        public @Nullable Expansion expand(String name, String arguments) {
            return name.equals("greet")
                    ? new Expansion(List.of("Greet " + arguments), List.of("Bash(date)"), null)
                    : null;
        }

        @Override
        public String skillReminder() {
            return "the skills";
        }
    }

    /// Replaces the conversation by a summary, when it is told to.
    private static final class Summarizing implements ContextLimit {
        private final ScriptedApiAgent agent;
        private final List<@Nullable String> kept = new CopyOnWriteArrayList<>();

        Summarizing(ScriptedApiAgent agent) {
            this.agent = agent;
        }

        @Override
        public boolean isReached(TurnSettings settings) {
            return false;
        }

        @Override
        public boolean compact(TurnSettings settings, CancelScope cancel) {
            TurnMessages messages = agent.agent().messages();
            ObjectNode boundary = messages.system(SystemSubtype.COMPACT_BOUNDARY);
            ArrayNode uuids =
                    boundary.putObject("compact_metadata")
                            .putObject("preserved_messages")
                            .putArray("uuids");
            kept.forEach(uuids::add);
            ObjectNode summary = messages.userText("the summary").put("isSynthetic", true);
            agent.agent()
                    .output()
                    .emit(
                            List.of(
                                    Message.of(boundary),
                                    Message.of(summary.put("isCompactSummary", true))));
            return true;
        }
    }

    /// A system prompt with instructions of the project.
    private static final class Instructed implements SystemBlocks {
        @Override
        public List<ObjectNode> get() {
            return List.of(Json.object().put("type", "text").put("text", "x".repeat(8000)));
        }

        @Override
        public int instructionsSize() {
            return 6000;
        }
    }

    /// Blocks what is forbidden, and adds a context to everything else.
    private static final class PromptHooks implements Hooks {
        @Override
        public HookVerdict onPrompt(String prompt, CancelScope cancel) {
            return prompt.contains("forbidden")
                    ? new HookVerdict(
                            "Not allowed.", false, false, null, List.of(), null, List.of())
                    : new HookVerdict(
                            null,
                            false,
                            false,
                            null,
                            List.of("context of a hook"),
                            null,
                            List.of());
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
}
