package dev.oriel.agent.cli.install;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentStatus;
import dev.oriel.agent.AgentStatus.Missing;
import dev.oriel.agent.AgentStatus.NotLoggedIn;
import dev.oriel.agent.AgentStatus.Ready;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Checks whether the CLI is installed, runs, and is logged in. Starts it at most twice, without a
/// turn and without the network.
public final class CliProbe {
    /// Older versions take `auth status` for a prompt, and would answer it.
    private static final CliVersion AUTH_STATUS = new CliVersion(2, 1, 41);

    static final String INSTALL_UNIX = "curl -fsSL https://claude.ai/install.sh | bash";
    static final String INSTALL_WINDOWS = "irm https://claude.ai/install.ps1 | iex";
    private static final String UPDATE = "Install it again, or run `claude update`.";

    private final CliSettings settings;
    private final HostMachine machine;

    public CliProbe(CliSettings settings, HostMachine machine) {
        this.settings = settings;
        this.machine = machine;
    }

    public AgentStatus status() {
        Optional<Path> found = CliFinder.find(settings, machine);
        return found.isPresent() ? status(found.get()) : missing();
    }

    /// The status if no CLI was found.
    public Missing missing() {
        String install =
                "Install it with `"
                        + (machine.isWindows() ? INSTALL_WINDOWS : INSTALL_UNIX)
                        + "`, then run `claude` once and log in with `/login`.";
        return settings.executable() == null
                ? new Missing("The claude CLI was not found.", install)
                : new Missing(
                        "There is no program at the place that is set for the claude CLI.",
                        "Correct the setting, or clear it to use the installed one.");
    }

    private AgentStatus status(Path executable) {
        Map<String, String> environment = CliEnvironment.of(machine, settings, executable);
        try {
            Optional<ShortProcess> output =
                    ShortProcess.run(
                            executable, environment, settings.timeouts().probe(), "--version");
            if (output.isEmpty()) {
                return new Missing("The claude CLI did not report its version in time.", UPDATE);
            }
            Optional<CliVersion> version = CliVersion.find(output.get().out());
            if (output.get().code() != 0 || version.isEmpty()) {
                return new Missing("The claude CLI was found, but it does not run.", UPDATE);
            }
            return login(executable, environment, version.get());
        } catch (IOException e) {
            return new Missing("The claude CLI was found, but it cannot be started.", UPDATE);
        }
    }

    private AgentStatus login(Path executable, Map<String, String> environment, CliVersion version)
            throws IOException {
        boolean loggedOut =
                version.isAtLeast(AUTH_STATUS)
                        && !usesCloudAccount(environment)
                        && ShortProcess.run(
                                        executable,
                                        environment,
                                        settings.timeouts().probe(),
                                        "auth",
                                        "status")
                                .filter(CliProbe::reportsLogout)
                                .isPresent();
        return loggedOut
                ? new NotLoggedIn(
                        version.toString(),
                        executable.toString(),
                        "Run `claude` in a terminal and log in with `/login`.")
                : new Ready(version.toString(), executable.toString());
    }

    /// Only a clear answer counts. Otherwise a missing login is reported by the first turn.
    private static boolean reportsLogout(ShortProcess run) {
        try {
            JsonNode status = Json.parseObject(run.out().getBytes(StandardCharsets.UTF_8));
            return run.code() != 0
                    && status.path("loggedIn").isBoolean()
                    && !status.path("loggedIn").booleanValue();
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    /// With the login of a cloud provider, the CLI cannot tell whether it is logged in.
    private static boolean usesCloudAccount(Map<String, String> environment) {
        return environment.containsKey("CLAUDE_CODE_USE_BEDROCK")
                || environment.containsKey("CLAUDE_CODE_USE_VERTEX")
                || environment.containsKey("CLAUDE_CODE_USE_FOUNDRY");
    }
}
