package dev.oriel.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import dev.oriel.agent.AgentStatus.NotLoggedIn;
import dev.oriel.agent.AgentStatus.Ready;
import dev.oriel.agent.cli.install.CliProbe;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.platform.OperatingSystem;
import dev.oriel.testing.agent.CollectingAgentListener;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.claude.FakeMessagesApi;
import dev.oriel.testing.claude.FakeReply;
import dev.oriel.testing.claude.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real `claude` CLI with a fake Messages API.
@Timeout(120)
class ClaudeCliJourneyTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir Path folder;
    private final UUID id = UUID.randomUUID();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CollectingAgentListener heard = new CollectingAgentListener();
    private RealClaude real;
    private FakeMessagesApi api;
    private ClaudeCli cli;
    private Path project;

    @BeforeEach
    void begin() throws Exception {
        real = RealClaude.orSkip(folder.resolve("home"));
        api = FakeMessagesApi.start();
        cli = new ClaudeCli(real.settings(), real.machine(api));
        project = Files.createDirectories(folder.resolve("project"));
    }

    @AfterEach
    void end() {
        if (cli != null) {
            cli.close();
        }
        never.countDown();
        if (api != null) {
            api.close();
        }
    }

    private Agent start(Conversation conversation, CollectingAgentListener listener)
            throws Exception {
        return cli.start(new AgentLaunch(conversation, project, null, null), listener);
    }

    private Agent start() throws Exception {
        return start(new Fresh(id), heard);
    }

    private static Message prompt(String text) {
        return UserMessages.prompt(UUID.randomUUID(), text);
    }

    private static void answer(Agent agent, Message ask, String verdict) throws Exception {
        agent.reply(
                Message.parse(
                        "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\""
                                + ask.requestId()
                                + "\",\"response\":"
                                + verdict
                                + "}}"));
    }

    private static String bash(String command) {
        return Json.object().put("command", command).put("description", "Do it").toString();
    }

    /// The CLI's own transcript of the conversation so far.
    private String transcript() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
            Optional<Path> file = files.filter(f -> f.endsWith(Path.of(id + ".jsonl"))).findFirst();
            return file.isEmpty() ? "" : Files.readString(file.get());
        }
    }

    private static ProcessHandle process(Agent agent) throws Exception {
        ObjectNode answer =
                agent.sendControlRequest(Json.object().put("subtype", "initialize"), DEADLINE)
                        .get(Patience.SECONDS, TimeUnit.SECONDS);
        return ProcessHandle.of(answer.path("response").path("pid").asLong()).orElseThrow();
    }

    @Test
    void theCliIsReadyAndReportsItsVersion() {
        assertThat(cli.status())
                .isInstanceOfSatisfying(
                        Ready.class,
                        ready -> {
                            assertThat(ready.version()).matches("\\d+\\.\\d+\\.\\d+");
                            assertThat(ready.where()).isEqualTo(real.executable().toString());
                        });
    }

    @Test
    void withoutAKeyTheCliIsNotLoggedIn() {
        Map<String, String> env = new HashMap<>(real.environment(api));
        env.remove("ANTHROPIC_API_KEY");
        HostMachine keyless =
                new HostMachine(OperatingSystem.LINUX, folder, folder.resolve("home"), env);

        assertThat(new CliProbe(real.settings(), keyless).status())
                .isInstanceOfSatisfying(
                        NotLoggedIn.class, s -> assertThat(s.remedy()).contains("/login"));
    }

    @Test
    void textArrivesAsDeltasAndComplete() throws Exception {
        api.enqueue(FakeReply.text("Hello ", "from ", "here 👋"));
        Agent agent = start();
        agent.sendPrompt(prompt("hi"));

        assertThat(heard.awaitResult(1).path("result").asText()).isEqualTo("Hello from here 👋");
        assertThat(heard.streamedText()).isEqualTo("Hello from here 👋");
        assertThat(heard.wholeText()).isEqualTo("Hello from here 👋");
        assertThat(heard.awaitMessage("system").agentSessionId()).isEqualTo(id.toString());
        assertThat(heard.malformedLines()).isZero();
    }

    @Test
    void thinkingArrivesAsDeltasToo() throws Exception {
        api.enqueue(FakeReply.thinking("Hm, ", "well.").andText("Yes."));
        start().sendPrompt(prompt("hi"));
        heard.awaitResult(1);

        assertThat(heard.messages("stream_event").toString()).contains("thinking_delta");
        assertThat(heard.messages("assistant").getFirst().toString()).contains("Hm, well.");
        assertThat(heard.wholeText()).isEqualTo("Yes.");
    }

    @Test
    void anAllowedToolRunsEvenIfTheReplyContainsNoInput() throws Exception {
        api.enqueue(FakeReply.toolUse("Bash", bash("touch made && echo done")))
                .enqueue(FakeReply.text("Made."));
        Agent agent = start();
        agent.sendPrompt(prompt("make it"));
        answer(agent, heard.awaitAsk(1), "{\"behavior\":\"allow\"}");

        assertThat(heard.awaitResult(1).path("result").asText()).isEqualTo("Made.");
        assertThat(project.resolve("made")).exists();
        assertThat(api.requests().getLast().lastUserText()).contains("done");
    }

    @Test
    void aDeniedToolDoesNotRunAndTheModelReceivesTheReason() throws Exception {
        api.enqueue(FakeReply.toolUse("Bash", bash("touch made")))
                .enqueue(FakeReply.text("All right."));
        Agent agent = start();
        agent.sendPrompt(prompt("make it"));
        answer(agent, heard.awaitAsk(1), "{\"behavior\":\"deny\",\"message\":\"Not today.\"}");

        assertThat(heard.awaitResult(1).path("permission_denials")).hasSize(1);
        assertThat(project.resolve("made")).doesNotExist();
        assertThat(api.requests().getLast().lastUserText()).contains("Not today.");
    }

    @Test
    void anInterruptEndsAStreamButNotTheAgent() throws Exception {
        api.enqueue(FakeReply.text("One moment, ").waiting(never)).enqueue(FakeReply.text("Here."));
        Agent agent = start();
        agent.sendPrompt(prompt("hi"));
        await().until(() -> heard.streamedText().contains("moment"));
        agent.interrupt().get(Patience.SECONDS, TimeUnit.SECONDS);

        assertThat(heard.awaitResult(1).path("terminal_reason").asText())
                .isEqualTo("aborted_streaming");
        agent.sendPrompt(prompt("again"));
        assertThat(heard.awaitResult(2).path("result").asText()).isEqualTo("Here.");
        assertThat(heard.hasExited()).isFalse();
    }

    @Test
    void anInterruptEndsTheRunningCommand() throws Exception {
        api.enqueue(FakeReply.toolUse("Bash", bash("echo $$ > pid; exec tail -f /dev/null")));
        Agent agent = start();
        agent.sendPrompt(prompt("run it"));
        answer(agent, heard.awaitAsk(1), "{\"behavior\":\"allow\"}");
        ProcessHandle command = command();
        agent.interrupt().get(Patience.SECONDS, TimeUnit.SECONDS);

        assertThat(heard.awaitResult(1).path("terminal_reason").asText())
                .isEqualTo("aborted_tools");
        await().until(() -> !command.isAlive());
        assertThat(heard.hasExited()).isFalse();
    }

    @Test
    void aCommandDoesNotOutliveAKilledAgent() throws Exception {
        api.enqueue(FakeReply.toolUse("Bash", bash("echo $$ > pid; exec tail -f /dev/null")));
        Agent agent = start();
        agent.sendPrompt(prompt("run it"));
        answer(agent, heard.awaitAsk(1), "{\"behavior\":\"allow\"}");
        ProcessHandle command = command();
        process(agent).destroyForcibly();

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CRASHED);
        await().until(() -> !command.isAlive());
    }

    private ProcessHandle command() {
        Path pid = project.resolve("pid");
        await().atMost(DEADLINE).until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anInterruptWithdrawsTheAsk() throws Exception {
        api.enqueue(FakeReply.toolUse("Bash", bash("touch made")));
        Agent agent = start();
        agent.sendPrompt(prompt("make it"));
        Message ask = heard.awaitAsk(1);
        agent.interrupt().get(Patience.SECONDS, TimeUnit.SECONDS);
        answer(agent, ask, "{\"behavior\":\"allow\"}");

        assertThat(heard.awaitResult(1).path("terminal_reason").asText())
                .isEqualTo("aborted_tools");
        assertThat(heard.awaitMessage("control_cancel_request").requestId())
                .isEqualTo(ask.requestId());
        assertThat(project.resolve("made")).doesNotExist();
    }

    @Test
    void aClosedAgentIsResumedWithItsHistory() throws Exception {
        api.enqueue(FakeReply.text("Noted.")).enqueue(FakeReply.text("Blue."));
        Agent first = start();
        first.sendPrompt(prompt("My colour is blue."));
        heard.awaitResult(1);
        first.close();
        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.ASKED);
        CollectingAgentListener later = new CollectingAgentListener();
        start(new Resumed(id), later).sendPrompt(prompt("Which colour?"));

        assertThat(later.awaitResult(1).path("result").asText()).isEqualTo("Blue.");
        assertThat(api.requests().getLast().body().toString()).contains("My colour is blue.");
        assertThat(later.awaitMessage("system").agentSessionId()).isEqualTo(id.toString());
    }

    @Test
    void anAgentThatWasKilledDuringATurnIsResumed() throws Exception {
        api.enqueue(FakeReply.text("I shall ").waiting(never)).enqueue(FakeReply.text("Back."));
        Agent first = start();
        first.sendPrompt(prompt("Remember the apple."));
        await().until(() -> heard.streamedText().contains("shall"));
        // The CLI writes its transcript some time after it has sent the prompt. If it were killed
        // before, it would have no conversation to resume.
        await().atMost(DEADLINE).until(() -> transcript().contains("Remember the apple."));
        process(first).destroyForcibly();
        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CRASHED);
        assertThat(heard.awaitExit().code()).isEqualTo(137);
        CollectingAgentListener later = new CollectingAgentListener();
        start(new Resumed(id), later).sendPrompt(prompt("Go on"));

        assertThat(later.awaitResult(1).path("result").asText()).isEqualTo("Back.");
        assertThat(api.requests().getLast().body().toString()).contains("Remember the apple.");
    }

    @Test
    void aConversationThatTheCliDoesNotHaveIsGone() throws Exception {
        start(new Resumed(UUID.randomUUID()), heard).sendPrompt(prompt("hi"));

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CONVERSATION_GONE);
        assertThat(heard.messages("result")).isEmpty();
    }

    @Test
    void aNewConversationThatTheCliAlreadyHasIsResumed() throws Exception {
        Agent first = start();
        first.sendPrompt(prompt("hi"));
        heard.awaitResult(1);
        first.close();
        heard.awaitExit();
        CollectingAgentListener later = new CollectingAgentListener();
        start(new Fresh(id), later).sendPrompt(prompt("again"));

        assertThat(later.awaitResult(1).path("is_error").asBoolean()).isFalse();
    }

    @Test
    void aRefusedKeyIsAnErrorResult() throws Exception {
        api.replyTo(r -> FakeReply.failure(401, "authentication_error", "invalid x-api-key"));
        assertThat(errorOfATurn().path("api_error_status").asInt()).isEqualTo(401);
    }

    @Test
    void aRateLimitIsRetriedAndThenAnErrorResult() throws Exception {
        api.replyTo(r -> FakeReply.failure(429, "rate_limit_error", "Slow down"));

        assertThat(errorOfATurn().path("api_error_status").asInt()).isEqualTo(429);
        assertThat(heard.messages()).anyMatch(m -> m.is("system", "api_retry"));
    }

    @Test
    void aTemporaryOverloadIsRetried() throws Exception {
        api.enqueue(FakeReply.failure(529, "overloaded_error", "Overloaded"))
                .enqueue(FakeReply.text("Here."));
        start().sendPrompt(prompt("hi"));

        assertThat(heard.awaitResult(1).path("result").asText()).isEqualTo("Here.");
        assertThat(heard.messages()).anyMatch(m -> m.is("system", "api_retry"));
    }

    @Test
    void anInterruptedStreamDoesNotEndTheAgent() throws Exception {
        api.enqueue(FakeReply.text("Half of ").disconnecting()).enqueue(FakeReply.text("Whole."));
        Agent agent = start();
        agent.sendPrompt(prompt("hi"));
        heard.awaitResult(1);
        agent.sendPrompt(prompt("again"));

        assertThat(heard.awaitResult(2).path("is_error").asBoolean()).isFalse();
    }

    @Test
    void theModelAndThePermissionModeAreApplied() throws Exception {
        CollectingAgentListener told = new CollectingAgentListener();
        cli.start(new AgentLaunch(new Fresh(id), project, "haiku", "plan"), told)
                .sendPrompt(prompt("hi"));
        told.awaitResult(1);
        JsonNode init = told.awaitMessage(m -> m.is("system", "init")).tree();

        assertThat(init.path("permissionMode").asText()).isEqualTo("plan");
        assertThat(init.path("model").asText()).contains("haiku");
    }

    private JsonNode errorOfATurn() throws Exception {
        Agent agent = start();
        agent.sendPrompt(prompt("hi"));
        JsonNode result = heard.awaitResult(1);
        assertThat(result.path("is_error").asBoolean()).isTrue();
        assertThat(heard.hasExited()).isFalse();
        return result;
    }
}
