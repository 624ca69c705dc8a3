package dev.oriel.testing.claude;

import dev.oriel.testing.fakeclaude.FakeClaudeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A substitute for the `claude` CLI: a real executable that plays a script and can also misbehave
/// in ways that the real CLI does not.
///
/// ```java
/// FakeClaude fake = FakeClaude.in(folder)
///         .turn(t -> t.text("Hello there"))            // first user message
///         .turn(t -> t.ask("Bash", "{\"command\":\"ls\"}").text("Done"))  // second; the last one repeats
///         .install();
/// new ClaudeCli(CliSettings.defaults().withExecutable(fake.executable()))
/// ```
///
/// It responds to `--version`, `auth status`, `initialize` and the usual control requests, and adds
/// `system/init` and `result` to every turn. It reacts to interrupts, end of input and SIGTERM
/// unless scripted otherwise, and exits on malformed input as the real CLI does. It stores
/// conversations in its folder; `--session-id` of a known one and `--resume` of an unknown one fail
/// with the real CLI's messages. Needs `/bin/sh`.
public final class FakeClaude {
    private final Path folder;
    private final List<String> script = new ArrayList<>();
    private String version = "2.1.329 (Claude Code)";
    private boolean loggedIn = true;
    private boolean hasAuthCommand = true;
    private boolean ignoresTerm;

    private FakeClaude(Path folder) {
        this.folder = folder;
    }

    /// Creates one that stores its files in a folder of the test.
    public static FakeClaude in(Path folder) {
        return new FakeClaude(folder);
    }

    /// Adds a turn for the next user message. The last turn repeats; without turns it replies with
    /// a greeting.
    public FakeClaude turn(UnaryOperator<FakeTurn> steps) {
        script.add("turn");
        script.addAll(steps.apply(new FakeTurn()).steps());
        return this;
    }

    /// Sets the output of `--version`; empty for none.
    public FakeClaude version(String text) {
        version = text;
        return this;
    }

    public FakeClaude loggedOut() {
        loggedIn = false;
        return this;
    }

    /// Simulates an old version that treats `auth status` as a prompt; it exits with code 3.
    public FakeClaude withoutAuthCommand() {
        hasAuthCommand = false;
        return this;
    }

    /// Simulates versions before 2.1.198, which report no capabilities.
    public FakeClaude withoutCapabilities() {
        script.add("no-capabilities");
        return this;
    }

    /// Ignores these control requests (`interrupt`, `set_model`, …).
    public FakeClaude ignoringRequests(String... subtypes) {
        script.add("deaf " + String.join(",", subtypes));
        return this;
    }

    /// Replies to these control requests with this success payload, such as `{"models":[…]}`.
    public FakeClaude replying(String subtype, String json) {
        script.add("reply " + subtype + " " + FakeTurn.encoded(json));
        return this;
    }

    /// Keeps running after the end of its input.
    public FakeClaude ignoringEndOfInput() {
        script.add("ignore-eof");
        return this;
    }

    /// Ignores everything except SIGKILL.
    public FakeClaude ignoringSigterm() {
        ignoresTerm = true;
        return this;
    }

    /// Ignores interrupts, end of input and SIGTERM.
    public FakeClaude ignoringEverything() {
        return ignoringRequests("interrupt").ignoringEndOfInput().ignoringSigterm();
    }

    /// Exits before it reads or writes anything.
    public FakeClaude exitingAtStart(int code, String stderr) {
        script.add("start-exit " + code + " " + FakeTurn.encoded(stderr));
        return this;
    }

    /// Steps played right after the start, before any input.
    public FakeClaude atStart(UnaryOperator<FakeTurn> steps) {
        script.add("start");
        script.addAll(steps.apply(new FakeTurn()).steps());
        return this;
    }

    /// Adds an existing conversation.
    public FakeClaude withConversation(UUID conversation) {
        try {
            Files.createDirectories(folder.resolve("sessions"));
            Files.writeString(folder.resolve("sessions").resolve(conversation.toString()), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// Writes the executable and the script. May be called again after the script was extended.
    public FakeClaude install() {
        try {
            Files.createDirectories(folder.resolve("sessions"));
            Files.write(folder.resolve("script"), script);
            Files.writeString(executable(), launcher());
            Files.setPosixFilePermissions(
                    executable(),
                    Set.of(
                            java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                            java.nio.file.attribute.PosixFilePermission.OWNER_WRITE,
                            java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /// The program to start instead of `claude`.
    public Path executable() {
        return folder.resolve("claude");
    }

    /// The arguments of every launch so far, oldest first, without those of `--version` and `auth
    /// status`.
    public List<List<String>> launches() {
        return lines("launches").stream().map(l -> Arrays.asList(l.split("\u001F"))).toList();
    }

    /// Every line received on standard input so far, of all launches.
    public List<String> receivedLines() {
        return lines("heard");
    }

    /// `NAME=value` lines of the environment of the last launch.
    public List<String> environment() {
        return lines("environment");
    }

    /// Process ids of all launches, and of the commands they started.
    public List<Long> pids() {
        return lines("pids").stream().map(Long::valueOf).toList();
    }

    private List<String> lines(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file)
                    ? Files.readString(file, StandardCharsets.UTF_8).lines().toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String launcher() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(
                folder.resolve("version"),
                version.isEmpty() ? "" : version + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        String auth =
                hasAuthCommand
                        ? "echo '{\"loggedIn\":"
                                + loggedIn
                                + ",\"authMethod\":\""
                                + (loggedIn ? "api_key" : "none")
                                + "\"}'; exit "
                                + (loggedIn ? 0 : 1)
                        : "exit 3";
        return """
        #!/bin/sh
        case "$1" in
          --version) cat '%1$s/version'; exit 0 ;;
          auth) %2$s ;;
        esac
        %3$s
        exec '%4$s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx192m \
          -cp '%5$s' %6$s '%1$s' "$@"
        """
                .formatted(
                        folder,
                        auth,
                        ignoresTerm ? "trap '' TERM" : "",
                        java,
                        classes(),
                        FakeClaudeProcess.class.getName());
    }

    private static Path classes() {
        try {
            return Path.of(
                    FakeClaudeProcess.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
