package dev.oriel.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent.Cause;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.FakeClaude;
import dev.oriel.testing.ForgetfulHost;
import dev.oriel.testing.Heard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The CLI as a subprocess, with every fault a real one could have: a [FakeClaude] is a process of
/// its own.
@Timeout(60)
class ClaudeCliTest {
    private static final CliTimes SHORT =
            new CliTimes(
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(10));
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir Path folder;
    private final Heard heard = new Heard();
    private FakeClaude fake;
    private ClaudeCli cli;

    @BeforeEach
    void begin() {
        fake = FakeClaude.in(folder.resolve("fake"));
    }

    @AfterEach
    void nothingIsLeft() {
        if (cli != null) {
            cli.close();
        }
        await().untilAsserted(() ->
                assertThat(fake.pids())
                        .as("processes that were left behind")
                        .noneMatch(ClaudeCliTest::isAlive));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private Agent start(Conversation conversation) throws Exception {
        return start(conversation, SHORT);
    }

    private Agent start(Conversation conversation, CliTimes times) throws Exception {
        fake.install();
        Path cwd = Files.createDirectories(folder.resolve("project"));
        cli =
                new ClaudeCli(
                        CliSettings.standard().withExecutable(fake.executable()).withTimes(times),
                        machine());
        return cli.start(new AgentLaunch(conversation, cwd, null, null), heard);
    }

    private Machine machine() {
        return new Machine(
                Machine.Os.LINUX,
                folder,
                folder,
                Map.of("PATH", "/usr/bin:/bin", "CLAUDECODE", "1"));
    }

    private static Fresh fresh() {
        return new Fresh(UUID.randomUUID());
    }

    private static Message prompt(String text) {
        return UserMessages.prompt(UUID.randomUUID(), text);
    }

    private static ObjectNode request(String subtype) {
        return Json.object().put("subtype", subtype);
    }

    private static Message verdict(Message ask, String json) throws Exception {
        return Message.parse(
                "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\""
                        + ask.requestId()
                        + "\",\"response\":"
                        + json
                        + "}}");
    }

    @Test
    void aTurnComesAsDeltasThenWholeThenItsResult() throws Exception {
        fake.turn(t -> t.text("Hello there, 👋 world"));
        Agent agent = start(fresh());
        agent.prompt(prompt("hi"));

        assertThat(heard.result(1).path("result").asText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.streamedText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.wholeText()).isEqualTo("Hello there, 👋 world");
        assertThat(heard.messages("control_response")).isEmpty();
        assertThat(fake.heard().getFirst()).contains("\"initialize\"");
    }

    @Test
    void itRunsInTheFolderOfTheSessionAndDoesNotThinkItIsNested() throws Exception {
        start(fresh()).prompt(prompt("hi"));
        heard.result(1);

        assertThat(fake.environment())
                .contains("PWD_REAL=" + folder.resolve("project").toRealPath())
                .contains("CLAUDE_CODE_ENTRYPOINT=oriel")
                .noneMatch(e -> e.startsWith("CLAUDECODE="));
    }

    @Test
    void itsCapabilitiesAreAskedOnceAndToldAsOftenAsWanted() throws Exception {
        Agent agent = start(fresh());

        for (int i = 0; i < 2; i++) {
            ObjectNode answer =
                    agent.control(request("initialize"), DEADLINE).get(30, TimeUnit.SECONDS);
            assertThat(answer.path("response").path("models")).isNotEmpty();
        }
        assertThat(fake.heard()).hasSize(1);
    }

    @Test
    void controlRequestsAreAnsweredOrRefusedOrOutOfTime() throws Exception {
        fake.deafTo("set_model");
        Agent agent = start(fresh());

        assertThat(agent.control(request("mcp_status"), DEADLINE).get().path("subtype").asText())
                .isEqualTo("success");
        assertThat(agent.control(request("fly"), DEADLINE).get().path("error").asText())
                .contains("Unsupported");
        assertThatThrownBy(() -> agent.control(request("set_model"), Duration.ofMillis(50)).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        var open = agent.control(request("set_model"), DEADLINE);
        agent.close();
        assertThatThrownBy(open::get).hasCauseInstanceOf(AgentGoneException.class);
    }

    @Test
    void anAllowAlwaysCarriesTheInputThatWasAskedFor() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"touch x\"}").text("Done"));
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        agent.answer(verdict(heard.ask(1), "{\"behavior\":\"allow\"}"));

        assertThat(heard.result(1).path("is_error").asBoolean()).isFalse();
        assertThat(fake.heard().getLast()).contains("\"updatedInput\":{\"command\":\"touch x\"}");
        assertThat(heard.messages("user").getFirst().toString()).contains("\"content\":\"ok\"");
    }

    @Test
    void anAnswerThatNobodyWaitsForIsNotSent() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"touch x\"}").text("Done"));
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        Message ask = heard.ask(1);
        agent.answer(verdict(ask, "{\"behavior\":\"deny\",\"message\":\"No.\"}"));
        agent.answer(verdict(ask, "{\"behavior\":\"allow\"}"));
        heard.result(1);

        assertThat(fake.heard()).filteredOn(l -> l.contains("control_response")).hasSize(1);
        assertThat(heard.messages("user").getFirst().toString()).contains("denied");
    }

    @Test
    void whatNoPersonCanAnswerIsAnsweredAtOnce() throws Exception {
        fake.turn(t ->
                t.request("{\"subtype\":\"elicitation\",\"message\":\"Name?\"}")
                        .request("{\"subtype\":\"request_user_dialog\"}")
                        .request("{\"subtype\":\"hook_callback\",\"callback_id\":\"h\"}")
                        .request("{\"subtype\":\"from_the_future\"}")
                        .text("Done"));
        start(fresh()).prompt(prompt("go"));
        heard.result(1);

        assertThat(heard.messages("control_request")).isEmpty();
        assertThat(fake.heard())
                .filteredOn(l -> l.contains("control_response"))
                .satisfiesExactly(
                        l -> assertThat(l).contains("decline"),
                        l -> assertThat(l).contains("cancelled"),
                        l -> assertThat(l).contains("\"error\""),
                        l -> assertThat(l).contains("\"error\""));
    }

    @Test
    void anInterruptIsConfirmedAndEndsTheTurnAndTheAgentGoesOn() throws Exception {
        fake.turn(t -> t.text("Thinking about it").hang()).turn(t -> t.text("Again"));
        Agent agent = start(fresh(), CliTimes.standard());
        agent.prompt(prompt("go"));
        heard.await1("assistant");
        agent.interrupt().get(30, TimeUnit.SECONDS);

        assertThat(heard.result(1).path("terminal_reason").asText()).isEqualTo("aborted_streaming");
        agent.prompt(prompt("again"));
        assertThat(heard.result(2).path("result").asText()).isEqualTo("Again");
        assertThat(fake.launches()).hasSize(1);
    }

    @Test
    void anInterruptWithdrawsAnOpenAsk() throws Exception {
        fake.turn(t -> t.ask("Bash", "{\"command\":\"ls\"}").text("Done"));
        Agent agent = start(fresh(), CliTimes.standard());
        agent.prompt(prompt("go"));
        Message ask = heard.ask(1);
        agent.interrupt().get(30, TimeUnit.SECONDS);

        assertThat(heard.await1("control_cancel_request").requestId()).isEqualTo(ask.requestId());
        assertThat(heard.result(1).path("terminal_reason").asText()).isEqualTo("aborted_tools");
    }

    @Test
    void anInterruptInIdlenessHarmsNothing() throws Exception {
        Agent agent = start(fresh());
        agent.interrupt().get(30, TimeUnit.SECONDS);
        agent.prompt(prompt("go"));
        heard.result(1);
        await().during(Duration.ofSeconds(1)).until(() -> !heard.hasExited());
    }

    @Test
    void oneThatIgnoresInterruptsIsStoppedByTheEndOfItsInput() throws Exception {
        fake.deafTo("interrupt").turn(t -> t.pause(500));
        Agent agent =
                start(
                        fresh(),
                        new CliTimes(
                                Duration.ofMillis(50),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(10)));
        agent.prompt(prompt("go"));
        heard.await1("system");
        agent.interrupt();

        assertThat(heard.exited().cause()).isEqualTo(Cause.STOPPED);
        assertThat(heard.exited().code()).isZero();
    }

    @Test
    void oneThatAlsoIgnoresTheEndOfItsInputIsTerminated() throws Exception {
        fake.deafTo("interrupt").ignoringEndOfInput().turn(t -> t.hang());
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        heard.await1("system");
        agent.interrupt();

        assertThat(heard.exited().cause()).isEqualTo(Cause.STOPPED);
        assertThat(heard.exited().code()).isEqualTo(143);
    }

    @Test
    void oneThatIgnoresEverythingIsKilledWithAllThatItStarted() throws Exception {
        fake.ignoringEverything().turn(t -> t.childProcess().text("Started").hang());
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        heard.await1("assistant");
        var receipt = agent.interrupt();

        assertThat(heard.exited().cause()).isEqualTo(Cause.STOPPED);
        assertThat(heard.exited().code()).isEqualTo(137);
        assertThat(receipt).isCompletedExceptionally();
        assertThat(fake.pids()).hasSize(2);
    }

    @Test
    void closingAnIdleAgentEndsItInGoodOrder() throws Exception {
        Agent agent = start(fresh(), CliTimes.standard());
        agent.prompt(prompt("go"));
        heard.result(1);
        agent.close();

        assertThat(heard.exited().cause()).isEqualTo(Cause.ASKED);
        assertThat(heard.exited().code()).isZero();
    }

    @Test
    void closingInMidTurnInterruptsIt() throws Exception {
        fake.turn(t -> t.text("Long").hang());
        Agent agent = start(fresh(), CliTimes.standard());
        agent.prompt(prompt("go"));
        heard.await1("assistant");
        agent.close();

        assertThat(heard.exited().cause()).isEqualTo(Cause.ASKED);
        assertThat(heard.result(1).path("terminal_reason").asText()).isEqualTo("aborted_streaming");
    }

    @Test
    void closingTheProviderEndsEvenThoseThatIgnoreEverything() throws Exception {
        fake.ignoringEverything().turn(t -> t.hang());
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        heard.await1("system");
        cli.close();

        assertThat(heard.exited().cause()).isEqualTo(Cause.ASKED);
        assertThatThrownBy(() -> cli.start(new AgentLaunch(fresh(), folder, null, null), heard))
                .isInstanceOf(AgentUnavailableException.class);
    }

    @Test
    void noneOutlivesAProgramThatForgetsToCloseIt() throws Exception {
        fake.ignoringEverything().turn(t -> t.childProcess().text("Started").hang()).install();
        Process host =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ForgetfulHost.class.getName(),
                                fake.executable().toString(),
                                folder.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();

        assertThat(host.waitFor()).isZero();
        assertThat(fake.pids()).hasSize(2);
    }

    @Test
    void oneThatDiesInMidTurnLeavesItsLastWords() throws Exception {
        fake.turn(t -> t.text("Half").stderr("\u001B[31mout of memory\u001B[0m").exit(134));
        start(fresh()).prompt(prompt("go"));

        assertThat(heard.exited().cause()).isEqualTo(Cause.CRASHED);
        assertThat(heard.exited().code()).isEqualTo(134);
        assertThat(heard.exited().lastWords()).containsExactly("out of memory");
        assertThat(heard.wholeText()).isEqualTo("Half");
    }

    @Test
    void oneThatExitsAtOnceHasCrashed() throws Exception {
        fake.exitingAtStart(1, "error: unknown option '--include-partial-messages'");
        start(fresh()).prompt(prompt("go"));

        assertThat(heard.exited().cause()).isEqualTo(Cause.CRASHED);
        assertThat(heard.exited().lastWords()).hasSize(1);
    }

    @Test
    void onlyTheLastTwentyLinesOfStandardErrorAreKept() throws Exception {
        fake.turn(t -> {
            for (int i = 1; i <= 50; i++) {
                t.stderr("line " + i + " " + "x".repeat(5_000));
            }
            return t.exit(1);
        });
        start(fresh()).prompt(prompt("go"));

        assertThat(heard.exited().lastWords())
                .hasSize(20)
                .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(2_000));
        assertThat(heard.exited().lastWords().getLast()).startsWith("line 50 ");
    }

    @Test
    void aCommandThatItLeavesBehindWhenItDiesIsEnded() throws Exception {
        fake.turn(t -> t.childProcess().text("Started").exit(137));
        start(fresh()).prompt(prompt("go"));
        assertThat(heard.exited().cause()).isEqualTo(Cause.CRASHED);
        assertThat(heard.wholeText()).isEqualTo("Started");
    }

    @Test
    void aCommandThatAnEarlierTurnLeftRunningOnPurposeGoesOn() throws Exception {
        fake.turn(t -> t.childProcess().text("Started").pause(2_500)).turn(t -> t.exit(137));
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        heard.result(1);
        agent.prompt(prompt("again"));
        assertThat(heard.exited().cause()).isEqualTo(Cause.CRASHED);
        long server = fake.pids().getLast();

        assertThat(isAlive(server)).isTrue();
        ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void oneThatClosesItsOutputIsEnded() throws Exception {
        fake.ignoringEverything().turn(t -> t.closeOutput().hang());
        start(fresh()).prompt(prompt("go"));

        assertThat(heard.exited().cause()).isEqualTo(Cause.CRASHED);
    }

    @Test
    void garbageIsReportedOnceAndLeftOut() throws Exception {
        fake.turn(t ->
                t.line("Warning: something")
                        .line("[1,2]")
                        .line("{\"no\":\"type\"}")
                        .bytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, '\n'})
                        .text("Fine"));
        start(fresh()).prompt(prompt("go"));
        heard.result(1);

        assertThat(heard.garbled()).isEqualTo(1);
        assertThat(heard.wholeText()).isEqualTo("Fine");
    }

    @Test
    void aCharacterMayComeInTwoPieces() throws Exception {
        byte[] line =
                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"👋\"}]}}\n"
                        .getBytes(StandardCharsets.UTF_8);
        int middle = new String(line, StandardCharsets.ISO_8859_1).indexOf("\u00f0") + 2;
        fake.turn(t ->
                t.bytes(java.util.Arrays.copyOfRange(line, 0, middle))
                        .pause(50)
                        .bytes(java.util.Arrays.copyOfRange(line, middle, line.length)));
        start(fresh()).prompt(prompt("go"));
        heard.result(1);

        assertThat(heard.wholeText()).isEqualTo("👋");
        assertThat(heard.garbled()).isZero();
    }

    @Test
    void aLineOfTwentyMegabytesComesWhole() throws Exception {
        fake.turn(t -> t.longLine(20 * 1024 * 1024).text("After"));
        start(fresh()).prompt(prompt("go"));
        heard.result(1);

        assertThat(heard.messages("assistant").getFirst().bytes()).hasSize(20 * 1024 * 1024);
        assertThat(heard.wholeText()).endsWith("After");
    }

    @Test
    void aFloodComesCompleteAndInOrder() throws Exception {
        fake.turn(t -> t.flood(100_000, 300, false));
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        heard.result(1);

        assertThat(heard.messages("stream_event")).hasSize(100_000);
        assertThat(heard.messages("stream_event").get(99_999).toString()).contains("n=0000099999 ");
    }

    @Test
    void anUnknownConversationIsToldAsGone() throws Exception {
        start(new Resumed(UUID.randomUUID())).prompt(prompt("go"));

        assertThat(heard.exited().cause()).isEqualTo(Cause.CONVERSATION_GONE);
        assertThat(heard.messages()).isEmpty();
    }

    @Test
    void aNewConversationThatTheCliHasAlreadyIsResumed() throws Exception {
        UUID id = UUID.randomUUID();
        fake.knowing(id);
        start(new Fresh(id)).prompt(prompt("go"));

        assertThat(heard.result(1).path("result").asText()).isEqualTo("Hello from the fake.");
        assertThat(fake.launches().get(0)).contains("--session-id=" + id);
        assertThat(fake.launches().get(1)).contains("--resume=" + id);
        assertThat(fake.heard()).filteredOn(l -> l.contains("\"user\"")).hasSize(1);
    }

    @Test
    void anIdleOneThatLeavesByItselfIsNoCrash() throws Exception {
        Agent agent = start(fresh());
        agent.prompt(prompt("go"));
        heard.result(1);
        agent.control(request("end_session"), DEADLINE);

        assertThat(heard.exited().cause()).isEqualTo(Cause.ASKED);
    }

    @Test
    void aPromptLaidOutOnSeveralLinesReachesItAsOne() throws Exception {
        Agent agent = start(fresh());
        agent.prompt(
                Message.parse(
                        """
                        {"type":"user",
                         "message":{"role":"user",\r
                         "content":"hi"}}\
                        """));

        assertThat(heard.result(1).path("is_error").asBoolean()).isFalse();
        assertThatThrownBy(() -> agent.prompt(Message.parse("{\"type\":\"user\",\"message\":{}}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderThatIsGoneIsSaidPlainly() throws Exception {
        fake.install();
        cli = new ClaudeCli(CliSettings.standard().withExecutable(fake.executable()), machine());

        assertThatThrownBy(() ->
                        cli.start(
                                new AgentLaunch(fresh(), folder.resolve("gone"), null, null),
                                heard))
                .isInstanceOf(AgentUnavailableException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aMissingCliIsSaidWithItsRemedy() {
        cli = new ClaudeCli(CliSettings.standard(), machine0());

        assertThatThrownBy(() -> cli.start(new AgentLaunch(fresh(), folder, null, null), heard))
                .isInstanceOf(AgentUnavailableException.class)
                .hasMessageContaining("install.sh");
    }

    private Machine machine0() {
        return new Machine(Machine.Os.LINUX, folder, folder, Map.of());
    }
}
