package dev.oriel.testing.agent;

import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.message.UserMessages;
import dev.oriel.platform.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// A program that starts an agent and exits during its turn without closing anything.
public final class AbruptHost {
    private AbruptHost() {}

    /// @param args the executable and a folder
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        HostMachine machine =
                new HostMachine(
                        OperatingSystem.LINUX, folder, folder, Map.of("PATH", "/usr/bin:/bin"));
        CollectingAgentListener heard = new CollectingAgentListener();
        // Intentionally left open.
        @SuppressWarnings("resource")
        ClaudeCli cli =
                new ClaudeCli(CliSettings.defaults().withExecutable(Path.of(args[0])), machine);
        cli.start(new AgentLaunch(new Fresh(UUID.randomUUID()), folder, null, null), heard)
                .sendPrompt(UserMessages.prompt(UUID.randomUUID(), "go"));
        heard.awaitMessage("assistant");
        System.exit(0);
    }
}
