package dev.oriel.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.cli.install.CliTimeouts;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.platform.OperatingSystem;
import dev.oriel.testing.agent.CollectingAgentListener;
import dev.oriel.testing.claude.FakeClaude;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A [FakeClaude] in its own folder, and a check afterwards that no process was left.
public abstract class FakeClaudeFixture {
    public static final CliTimeouts SHORT =
            new CliTimeouts(
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(10));
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir public Path folder;
    public final CollectingAgentListener heard = new CollectingAgentListener();
    public FakeClaude fake;
    public ClaudeCli cli;

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
                        .noneMatch(FakeClaudeFixture::isAlive));
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    Agent start(Conversation conversation) throws Exception {
        return start(conversation, SHORT);
    }

    Agent start(Conversation conversation, CliTimeouts times) throws Exception {
        fake.install();
        Path cwd = Files.createDirectories(folder.resolve("project"));
        cli =
                new ClaudeCli(
                        CliSettings.defaults()
                                .withExecutable(fake.executable())
                                .withTimeouts(times),
                        machine());
        return cli.start(new AgentLaunch(conversation, cwd, null, null), heard);
    }

    public HostMachine machine() {
        return new HostMachine(
                OperatingSystem.LINUX,
                folder,
                folder,
                Map.of("PATH", "/usr/bin:/bin", "CLAUDECODE", "1"));
    }

    public static Fresh fresh() {
        return new Fresh(UUID.randomUUID());
    }

    public static Message prompt(String text) {
        return UserMessages.prompt(UUID.randomUUID(), text);
    }

    public static ObjectNode request(String subtype) {
        return Json.object().put("subtype", subtype);
    }

    static Message verdict(Message ask, String json) throws Exception {
        return Message.parse(
                "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\""
                        + ask.requestId()
                        + "\",\"response\":"
                        + json
                        + "}}");
    }
}
