package dev.oriel.testing.claude;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.cli.install.HostMachine;
import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The real `claude` CLI for journey tests: the executable in the environment variable
/// `ORIEL_TEST_CLAUDE`. It uses a temporary home folder and connects to a [FakeMessagesApi] only;
/// it reads no files of the user.
public final class RealClaude {
    private static final String VARIABLE = "ORIEL_TEST_CLAUDE";

    private final Path executable;
    private final Path home;

    private RealClaude(Path executable, Path home) {
        this.executable = executable;
        this.home = home;
    }

    /// Returns the CLI, or skips the test with a message if there is none.
    ///
    /// @param home a temporary folder
    public static RealClaude orSkip(Path home) throws IOException {
        String path = System.getenv(VARIABLE);
        assumeTrue(
                path != null && !path.isBlank(),
                "skipped: no real claude CLI; set " + VARIABLE + " to the path of one");
        Path executable = Path.of(path);
        assumeTrue(
                Files.isExecutable(executable),
                "skipped: " + VARIABLE + " names no program: " + path);
        Files.createDirectories(home.resolve("tmp"));
        return new RealClaude(executable, home);
    }

    public Path executable() {
        return executable;
    }

    /// Skips the test with a message if the CLI is older than the first version with the tested
    /// feature.
    ///
    /// @param version for example `2.1.329`
    public void requireVersion(String version, String reason)
            throws IOException, InterruptedException {
        String mine = version();
        assumeTrue(
                Version.parse(mine).compareTo(Version.parse(version)) >= 0,
                "skipped: " + reason + " (this one is " + mine + ")");
    }

    /// The version that the CLI reports.
    public String version() throws IOException, InterruptedException {
        ProcessBuilder asked = new ProcessBuilder(executable.toString(), "--version");
        asked.environment().clear();
        asked.environment()
                .putAll(
                        Map.of(
                                "PATH",
                                "/usr/bin:/bin",
                                "HOME",
                                home.toString(),
                                "TMPDIR",
                                home.resolve("tmp").toString()));
        Process process = asked.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip().split(" ", 2)[0];
    }

    /// A machine on which only this CLI and this API are available.
    public HostMachine machine(FakeMessagesApi api) {
        return new HostMachine(OperatingSystem.LINUX, home, home, environment(api));
    }

    /// A machine like that of [#machine] whose user has a subscription instead of a key.
    public HostMachine subscribersMachine(FakeMessagesApi api) {
        Map<String, String> env = new HashMap<>(environment(api));
        env.remove("ANTHROPIC_API_KEY");
        env.put("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-dummy");
        return new HostMachine(OperatingSystem.LINUX, home, home, env);
    }

    /// The environment in which the CLI connects to the loopback interface only.
    public Map<String, String> environment(FakeMessagesApi api) {
        Map<String, String> env = new HashMap<>();
        env.put("PATH", "/usr/bin:/bin");
        env.put("HOME", home.toString());
        env.put("TMPDIR", home.resolve("tmp").toString());
        env.put("LANG", "C.UTF-8");
        env.put("TERM", "dumb");
        env.put("ANTHROPIC_API_KEY", "sk-ant-dummy");
        env.put("ANTHROPIC_BASE_URL", api.url());
        env.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        env.put("DISABLE_TELEMETRY", "1");
        env.put("DISABLE_AUTOUPDATER", "1");
        env.put("DISABLE_ERROR_REPORTING", "1");
        // Otherwise the CLI retries with a rejected key for three minutes.
        env.put("CLAUDE_CODE_MAX_RETRIES", "1");
        return Map.copyOf(env);
    }

    /// Settings with this CLI.
    public CliSettings settings() {
        return CliSettings.defaults().withExecutable(executable);
    }
}
