package dev.oriel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.state.PromptQueue;
import dev.oriel.session.state.SessionMemoryBudget;
import dev.oriel.session.state.WaitingPrompt;
import dev.oriel.testing.server.StoredSession;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A guest's settings hold for its own prompts, however long they wait, and for no others.
class GuestPromptsTest extends SessionFixture {
    private static final AgentOptions BASH =
            AgentOptions.NONE
                    .withAllowedTools(List.of("Bash"))
                    .withSystemPrompt(new AgentOptions.SystemPrompt.Replacement("Be brief."));

    private UUID guestPrompt(String text, PromptSettings setting) {
        UUID uuid = UUID.randomUUID();
        session.prompt(client, UserMessages.prompt(uuid, text), setting);
        return uuid;
    }

    private void request(String subtype, ObjectNode request) {
        ObjectNode frame = Json.object().put("type", "control_request").put("request_id", subtype);
        frame.set("request", request.put("subtype", subtype));
        session.request(client, Message.of(frame));
    }

    @Test
    void settingsOfAQueuedPromptSurviveARestartWithoutSecrets() throws Exception {
        prompt("mine");
        agents.awaitAgent(0, 1);
        var setting =
                new PromptSettings(
                        "other", "plan", BASH, new AgentSecrets(Map.of("ANTHROPIC_API_KEY", "k")));
        UUID guests = guestPrompt("theirs", setting);
        awaitProgress(guests, "queued");
        restart();
        request("oriel_run_queue", Json.object());
        AgentLaunch launch = agents.awaitAgent(1, 1).launch();
        assertThat(launch.model()).isEqualTo("other");
        assertThat(launch.permissionMode()).isEqualTo("plan");
        assertThat(launch.options()).isEqualTo(BASH);
        assertThat(launch.secrets()).isEqualTo(AgentSecrets.NONE);
    }

    @Test
    void aPermissionModeThatIsNoLongerAllowedIsResetAtRestart() throws Exception {
        prompt("mine");
        agents.awaitAgent(0, 1);
        UUID guests = guestPrompt("theirs", new PromptSettings(null, "bypassPermissions", BASH));
        awaitProgress(guests, "queued");
        restart();
        request("oriel_run_queue", Json.object());
        assertThat(agents.awaitAgent(1, 1).launch().permissionMode()).isEqualTo("default");
    }

    @Test
    void anUnsentPromptKeepsItsSettingsUntilItIsRetried() {
        agents.setUnavailable("There is none.");
        UUID guests = guestPrompt("theirs", new PromptSettings("other", "plan", BASH));
        awaitProgress(guests, "failed");
        agents.setUnavailable(null);
        prompt("mine");
        assertThat(agents.awaitAgent(0, 1).launch().options()).isEqualTo(AgentOptions.NONE);
        agents.agents().getFirst().emitInit();
        agents.agents().getFirst().emitResult();
        request("oriel_run_queue", Json.object());
        assertThat(agents.awaitAgent(1, 1).launch().options()).isEqualTo(BASH);
    }

    @Test
    void aGuestsOptionsThatAnEarlierVersionSavedAreIgnored() throws Exception {
        UUID old = UUID.randomUUID();
        ObjectNode kept = (ObjectNode) Json.mapper().readTree(BASH.toJson());
        kept.putArray("controls")
                .addObject()
                .put("subtype", "set_max_thinking_tokens")
                .put("max_thinking_tokens", 7);
        journal.save(
                StoredSession.of(old)
                        .cwd(folder.toString())
                        .agent("cli")
                        .origin("enhanced:anna", kept.toString())
                        .recency(1)
                        .record());
        session = sessions.open(old).orElseThrow();
        session.subscribe(client, null);
        prompt("mine");
        assertThat(agents.awaitAgent(0, 1).launch().options()).isEqualTo(AgentOptions.NONE);
        assertThat(agents.agents().getFirst().requests())
                .as("changes of the owner hold")
                .extracting(r -> r.path("max_thinking_tokens").asInt())
                .contains(7);
    }

    @Test
    void settingsThatAreTooLargeAreRejectedForPromptsAndSessions() {
        var long1 = "x".repeat(1024 * 1024);
        var prompt =
                AgentOptions.NONE.withSystemPrompt(
                        new AgentOptions.SystemPrompt.Replacement(long1));
        assertThatThrownBy(() -> new PromptSettings(null, null, prompt).check())
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(
                        () -> new PromptSettings("m".repeat(201), null, AgentOptions.NONE).check())
                .hasMessageContaining("model");
        var servers = AgentSecrets.NONE.withMcpServers("{\"a\":\"" + long1 + "\"}");
        assertThatThrownBy(() -> new PromptSettings(null, null, AgentOptions.NONE, servers).check())
                .hasMessageContaining("256 KiB");
        assertThatThrownBy(() ->
                        sessions.create(
                                SessionSpec.builder("relay").cwd(folder).secrets(servers).build()))
                .hasMessageContaining("256 KiB");
    }

    @Test
    void allSessionsShareOneMemoryBudget() throws Exception {
        var budget = new SessionMemoryBudget(10_000);
        var here = new PromptQueue(journal, session.id(), false, budget);
        UUID other = sessions.create(SessionSpec.builder("test").cwd(folder).build()).id();
        var there = new PromptQueue(journal, other, false, budget);
        WaitingPrompt large = waiting("x".repeat(4_000), null);
        here.add(large);
        WaitingPrompt withChoice =
                waiting(
                        "x",
                        new PromptSettings(
                                null,
                                null,
                                AgentOptions.NONE.withSystemPrompt(
                                        new AgentOptions.SystemPrompt.Replacement(
                                                "y".repeat(4_000)))));
        assertThat(there.isFull(withChoice)).isFalse();
        there.add(withChoice);
        assertThat(there.isFull(waiting("x".repeat(2_000), null))).isTrue();
        assertThat(new PromptQueue(journal, other, false, new SessionMemoryBudget(0)).first())
                .as("stored prompts are loaded even without memory for them")
                .isPresent();
        here.removeStarted(here.uuids().getFirst());
        assertThat(there.isFull(waiting("x".repeat(2_000), null))).isFalse();
        there.cancel(withChoice.uuid());
        assertThat(budget.used()).isZero();
        here.add(waiting("x", null));
        here.releaseMemory();
        assertThat(budget.used()).isZero();
    }

    private static WaitingPrompt waiting(String text, PromptSettings setting) {
        UUID uuid = UUID.randomUUID();
        return WaitingPrompt.of(uuid, UserMessages.prompt(uuid, text), setting);
    }
}
