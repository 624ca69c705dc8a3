package dev.oriel.testing;

import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentLaunch.Conversation.Fresh;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.CliSettings;
import dev.oriel.agent.cli.Machine;
import dev.oriel.message.UserMessages;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/// A program that starts an agent, and ends in the middle of its turn without closing anything.
public final class ForgetfulHost {
    private ForgetfulHost() {}

    /// @param args the executable, and a folder
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        Machine machine =
                new Machine(Machine.Os.LINUX, folder, folder, Map.of("PATH", "/usr/bin:/bin"));
        Heard heard = new Heard();
        // Left open on purpose.
        @SuppressWarnings("resource")
        ClaudeCli cli =
                new ClaudeCli(CliSettings.standard().withExecutable(Path.of(args[0])), machine);
        cli.start(new AgentLaunch(new Fresh(UUID.randomUUID()), folder, null, null), heard)
                .prompt(UserMessages.prompt(UUID.randomUUID(), "go"));
        heard.await1("assistant");
        System.exit(0);
    }
}
