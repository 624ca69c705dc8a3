package dev.oriel.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation.Resumed;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.cli.install.CliTimeouts;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.platform.OperatingSystem;
import dev.oriel.testing.agent.AbruptHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Faults of a CLI: each one is a real process that dies, hangs or writes garbage.
@Timeout(60)
class ClaudeCliFaultsProcessTest extends FakeClaudeFixture {
    @Test
    void aCliThatIgnoresInterruptsIsEndedByTheEndOfItsInput() throws Exception {
        fake.ignoringRequests("interrupt").turn(t -> t.pause(500));
        Agent agent =
                start(
                        fresh(),
                        new CliTimeouts(
                                Duration.ofMillis(50),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(10)));
        agent.sendPrompt(prompt("go"));
        heard.awaitMessage("system");
        agent.interrupt();

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.STOPPED);
        assertThat(heard.awaitExit().code()).isZero();
    }

    @Test
    void aCliThatAlsoIgnoresTheEndOfItsInputIsTerminated() throws Exception {
        fake.ignoringRequests("interrupt").ignoringEndOfInput().turn(t -> t.hang());
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        heard.awaitMessage("system");
        agent.interrupt();

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.STOPPED);
        assertThat(heard.awaitExit().code()).isEqualTo(143);
    }

    @Test
    void aCliThatIgnoresEverythingIsKilledWithItsDescendants() throws Exception {
        fake.ignoringEverything().turn(t -> t.childProcess().text("Started").hang());
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        heard.awaitMessage("assistant");
        var receipt = agent.interrupt();

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.STOPPED);
        assertThat(heard.awaitExit().code()).isEqualTo(137);
        assertThat(receipt).isCompletedExceptionally();
        assertThat(fake.pids()).hasSize(2);
    }

    @Test
    void closingTheProviderEndsEvenACliThatIgnoresEverything() throws Exception {
        fake.ignoringEverything().turn(t -> t.hang());
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        heard.awaitMessage("system");
        cli.close();

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.ASKED);
        assertThatThrownBy(() -> cli.start(new AgentLaunch(fresh(), folder, null, null), heard))
                .isInstanceOf(AgentUnavailableException.class);
    }

    @Test
    void noCliOutlivesAProgramThatDoesNotCloseTheProvider() throws Exception {
        fake.ignoringEverything().turn(t -> t.childProcess().text("Started").hang()).install();
        Process host =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                AbruptHost.class.getName(),
                                fake.executable().toString(),
                                folder.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();

        assertThat(host.waitFor()).isZero();
        assertThat(fake.pids()).hasSize(2);
    }

    @Test
    void theStderrOfACliThatDiesDuringATurnIsReported() throws Exception {
        fake.turn(t -> t.text("Half").stderr("\u001B[31mout of memory\u001B[0m").exit(134));
        start(fresh()).sendPrompt(prompt("go"));

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CRASHED);
        assertThat(heard.awaitExit().code()).isEqualTo(134);
        assertThat(heard.awaitExit().stderrTail()).containsExactly("out of memory");
        assertThat(heard.wholeText()).isEqualTo("Half");
    }

    @Test
    void aCliThatExitsAtOnceHasCrashed() throws Exception {
        fake.exitingAtStart(1, "error: unknown option '--include-partial-messages'");
        start(fresh()).sendPrompt(prompt("go"));

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CRASHED);
        assertThat(heard.awaitExit().stderrTail()).hasSize(1);
    }

    @Test
    void aCliThatDoesNotKnowTheFlagForHooksIsStartedWithoutIt() throws Exception {
        fake.turn(t -> t.text("Hello")).turn(t -> t.text("Again"));
        Files.createDirectories(folder.resolve("fake"));
        Files.writeString(folder.resolve("fake").resolve("rejects"), "--include-hook-events");
        start(fresh()).sendPrompt(prompt("go"));

        assertThat(heard.awaitResult(1).path("result").asText()).isEqualTo("Hello");
        assertThat(fake.launches()).hasSize(2);
        assertThat(fake.launches().get(0)).contains("--include-hook-events");
        assertThat(fake.launches().get(1)).doesNotContain("--include-hook-events");
        assertThat(fake.receivedLines().getFirst()).contains("\"initialize\"");
    }

    @Test
    void onlyTheLastTwentyLinesOfStandardErrorAreKept() throws Exception {
        fake.turn(t -> {
            for (int i = 1; i <= 50; i++) {
                t.stderr("line " + i + " " + "x".repeat(5_000));
            }
            return t.exit(1);
        });
        start(fresh()).sendPrompt(prompt("go"));

        assertThat(heard.awaitExit().stderrTail())
                .hasSize(20)
                .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(2_000));
        assertThat(heard.awaitExit().stderrTail().getLast()).startsWith("line 50 ");
    }

    @Test
    void aCommandThatADeadCliLeftRunningIsKilled() throws Exception {
        fake.turn(t -> t.childProcess().text("Started").exit(137));
        start(fresh()).sendPrompt(prompt("go"));
        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CRASHED);
        assertThat(heard.wholeText()).isEqualTo("Started");
    }

    @Test
    void aCommandThatAnEarlierTurnLeftRunningContinues() throws Exception {
        fake.turn(t -> t.childProcess().text("Started").pause(2_500)).turn(t -> t.exit(137));
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        heard.awaitResult(1);
        agent.sendPrompt(prompt("again"));
        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CRASHED);
        long server = fake.pids().getLast();

        assertThat(isAlive(server)).isTrue();
        ProcessHandle.of(server).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aCliThatClosesItsOutputIsEnded() throws Exception {
        fake.ignoringEverything().turn(t -> t.closeOutput().hang());
        start(fresh()).sendPrompt(prompt("go"));

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CRASHED);
    }

    @Test
    void aRunOfMalformedLinesIsReportedOnce() throws Exception {
        fake.turn(t ->
                t.line("Warning: something")
                        .line("[1,2]")
                        .line("{\"no\":\"type\"}")
                        .bytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, '\n'})
                        .text("Fine"));
        start(fresh()).sendPrompt(prompt("go"));
        heard.awaitResult(1);

        assertThat(heard.malformedLines()).isEqualTo(1);
        assertThat(heard.wholeText()).isEqualTo("Fine");
        // For clients that receive the agent's lines unchanged.
        assertThat(heard.stderrLines())
                .containsExactly(
                        "Warning: something", "[1,2]", "{\"no\":\"type\"}", "\uFFFD\uFFFD\0");
    }

    @Test
    void aCharacterMayArriveInTwoPieces() throws Exception {
        byte[] line =
                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"👋\"}]}}\n"
                        .getBytes(StandardCharsets.UTF_8);
        int middle = new String(line, StandardCharsets.ISO_8859_1).indexOf("\u00f0") + 2;
        fake.turn(t ->
                t.bytes(java.util.Arrays.copyOfRange(line, 0, middle))
                        .pause(50)
                        .bytes(java.util.Arrays.copyOfRange(line, middle, line.length)));
        start(fresh()).sendPrompt(prompt("go"));
        heard.awaitResult(1);

        assertThat(heard.wholeText()).isEqualTo("👋");
        assertThat(heard.malformedLines()).isZero();
    }

    /// Otherwise the agent would wait for the reply to an ask that no client has received.
    @Test
    void anAskWithAnInvalidFieldNameIsNotLost() throws Exception {
        fake.turn(t ->
                t.line(ask("half", "a\\ud83d"))
                        .line(ask("long", "n".repeat(60_000)))
                        .text("After"));
        start(fresh()).sendPrompt(prompt("go"));
        heard.awaitResult(1);

        JsonNode input = heard.awaitAsk(1).tree().at("/request/input");
        assertThat(input.path("a\uFFFD").asInt()).isEqualTo(1);
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(fake.receivedLines())
                                .anyMatch(line ->
                                        line.contains("\"long\"") && line.contains("error")));
    }

    private static String ask(String id, String field) {
        return """
        {"type":"control_request","request_id":"%s","request":{"subtype":"can_use_tool",\
        "tool_name":"X","input":{"%s":1}}}\
        """
                .formatted(id, field);
    }

    @Test
    void aLineOfTwentyMegabytesArrivesComplete() throws Exception {
        fake.turn(t -> t.longLine(20 * 1024 * 1024).text("After"));
        start(fresh()).sendPrompt(prompt("go"));
        heard.awaitResult(1);

        assertThat(heard.messages("assistant").getFirst().bytes()).hasSize(20 * 1024 * 1024);
        assertThat(heard.wholeText()).endsWith("After");
    }

    @Test
    void aFloodArrivesCompleteAndInOrder() throws Exception {
        fake.turn(t -> t.flood(100_000, 300, false));
        Agent agent = start(fresh());
        agent.sendPrompt(prompt("go"));
        heard.awaitResult(1);

        assertThat(heard.messages("stream_event")).hasSize(100_000);
        assertThat(heard.messages("stream_event").get(99_999).toString()).contains("n=0000099999 ");
    }

    @Test
    void anUnknownConversationIsReportedAsGone() throws Exception {
        start(new Resumed(UUID.randomUUID())).sendPrompt(prompt("go"));

        assertThat(heard.awaitExit().cause()).isEqualTo(ExitCause.CONVERSATION_GONE);
        assertThat(heard.messages()).isEmpty();
    }

    @Test
    void aFolderThatDoesNotExistIsReported() throws Exception {
        fake.install();
        cli = new ClaudeCli(CliSettings.defaults().withExecutable(fake.executable()), machine());

        assertThatThrownBy(() ->
                        cli.start(
                                new AgentLaunch(fresh(), folder.resolve("gone"), null, null),
                                heard))
                .isInstanceOf(AgentUnavailableException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aMissingCliIsReportedWithARemedy() {
        cli = new ClaudeCli(CliSettings.defaults(), machine0());

        assertThatThrownBy(() -> cli.start(new AgentLaunch(fresh(), folder, null, null), heard))
                .isInstanceOf(AgentUnavailableException.class)
                .hasMessageContaining("install.sh");
    }

    private HostMachine machine0() {
        return new HostMachine(OperatingSystem.LINUX, folder, folder, Map.of());
    }
}
