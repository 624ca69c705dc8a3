package dev.oriel.agent.api.tool.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.api.RecordedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real commands, and what they leave behind.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There the tool for commands is another one.")
class BashToolProcessTest {
    @TempDir Path root;

    private Path folder;
    private Path own;
    private RecordedCalls calls;
    private ShellSession shell;
    private BashTool bash;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(root.toRealPath().resolve("work folder"));
        own = root.toRealPath().resolve("private");
        calls = new RecordedCalls(folder, own);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("ANTHROPIC_API_KEY", "sk-ant-canary");
        environment.put("anthropic_auth_token", "sk-ant-canary");
        environment.put("ORIEL_TOKEN", "sk-ant-canary");
        environment.put("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-canary");
        environment.put("BASH_ENV", root.resolve("never").toString());
        environment.put("LD_PRELOAD", "sk-ant-canary");
        environment.put("GIT_EXTERNAL_DIFF", "sk-ant-canary");
        environment.put("GIT_CONFIG_PARAMETERS", "unasked");
        shell = new ShellSession(folder, environment);
        bash = new BashTool(shell);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private ToolOutcome run(String command) throws InterruptedException {
        return calls.call(bash, "command", command);
    }

    private ToolOutcome run(String command, int timeout) throws InterruptedException {
        return calls.call(bash, Json.object().put("command", command).put("timeout", timeout));
    }

    private String text(String command) throws InterruptedException {
        return run(command).content().asText();
    }

    /// Processes whose command line contains a word.
    private static List<ProcessHandle> processes(String word) {
        return ProcessHandle.allProcesses()
                .filter(p ->
                        p.info().arguments().map(List::of).orElse(List.of()).stream()
                                .anyMatch(a -> a.contains(word)))
                .toList();
    }

    private List<Path> results() throws IOException {
        Path results = own.resolve("tool-results");
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.toList();
        }
    }

    @Test
    void joinsOutputAndErrorOutputInOrder() throws InterruptedException {
        ToolOutcome outcome = run("echo one; echo two >&2; echo three; echo four >&2");
        assertThat(outcome.content().asText()).isEqualTo("one\ntwo\nthree\nfour");
        assertThat(outcome.structured().path("stdout").asText()).isEqualTo("one\ntwo\nthree\nfour");
        assertThat(outcome.structured())
                .isEqualTo(
                        Json.object()
                                .put("stdout", "one\ntwo\nthree\nfour")
                                .put("stderr", "")
                                .put("interrupted", false)
                                .put("isImage", false)
                                .put("noOutputExpected", false));
        assertThat(((ToolOutcome.Ok) outcome).isError()).isFalse();
    }

    @Test
    void saysWhenThereIsNoOutput() throws InterruptedException {
        ToolOutcome outcome = run("touch x");
        assertThat(outcome.content().asText()).isEqualTo("(Bash completed with no output)");
        assertThat(outcome.structured().path("noOutputExpected").asBoolean()).isTrue();
    }

    @Test
    void reportsTheExitCodeOfAFailure() throws InterruptedException {
        ToolOutcome outcome = run("echo out; echo err >&2; exit 3");
        assertThat(outcome).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(outcome.content().asText()).isEqualTo("Exit code 3\nout\nerr");
        assertThat(outcome.structured().asText()).isEqualTo("Error: Exit code 3\nout\nerr");
    }

    @ParameterizedTest
    @CsvSource({
        "grep nothing /dev/null, No matches found",
        "echo a | diff - /dev/null >/dev/null; diff /dev/null file, Files differ",
        "test -e nothing, Condition is false"
    })
    void explainsExitCodesThatAreNoFailure(String command, String meaning)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("file"), "x");
        ToolOutcome outcome = run(command);
        assertThat(outcome).isInstanceOf(ToolOutcome.Ok.class);
        assertThat(outcome.structured().path("returnCodeInterpretation").asText())
                .isEqualTo(meaning);
    }

    @Test
    void reportsASyntaxError() throws InterruptedException {
        assertThat(text("echo 'a")).startsWith("Exit code ").contains("unexpected EOF");
    }

    @Test
    void evaluatesCommentsAndHereDocumentsAtTheEnd() throws InterruptedException {
        assertThat(text("echo a # comment")).isEqualTo("a");
        assertThat(text("cat <<E\nx y\nE")).isEqualTo("x y");
        assertThat(text("echo \"$# $1 $0\"")).isEqualTo("0  bash");
    }

    @Test
    void keepsTheWorkingDirectory() throws InterruptedException {
        Path sub = folder.resolve("sub dir");
        assertThat(text("mkdir 'sub dir' && cd 'sub dir' && pwd")).isEqualTo(sub.toString());
        assertThat(text("pwd")).isEqualTo(sub.toString());
        assertThat(text("cd .. ; false")).isEqualTo("Exit code 1");
        assertThat(text("pwd")).isEqualTo(folder.toString());
    }

    @Test
    void resetsTheWorkingDirectoryWhenItLeavesTheFolder() throws InterruptedException {
        run("mkdir sub && cd sub");
        ToolOutcome outcome = run("cd / && pwd");
        String note = "Shell cwd was reset to " + folder;
        assertThat(outcome.content().asText()).isEqualTo("/\n" + note);
        assertThat(outcome.structured().path("stdout").asText()).isEqualTo("/");
        assertThat(outcome.structured().path("stderr").asText()).isEqualTo("\n" + note);
        assertThat(text("pwd")).isEqualTo(folder.toString());
        assertThat(text("cd /")).isEqualTo(note);
        assertThat(text("cd / && false")).isEqualTo("Exit code 1\n" + note);
    }

    @Test
    void resetsTheWorkingDirectoryBehindALink() throws IOException, InterruptedException {
        Files.createSymbolicLink(folder.resolve("out"), root);
        assertThat(text("cd out")).isEqualTo("Shell cwd was reset to " + folder);
    }

    @Test
    void continuesInTheFolderWhenTheWorkingDirectoryIsDeleted() throws InterruptedException {
        run("mkdir sub && cd sub");
        assertThat(text("rmdir ../sub; echo gone")).isEqualTo("gone");
        assertThat(text("pwd")).isEqualTo(folder.toString());
    }

    @Test
    void saysWhenTheFolderIsGone() throws IOException, InterruptedException {
        Files.delete(folder);
        assertThat(text("pwd")).contains("does not exist").contains(folder.toString());
        Files.createDirectory(folder);
        assertThat(text("pwd")).isEqualTo(folder.toString());
    }

    @Test
    void readsNothing() throws InterruptedException {
        assertThat(text("read x; echo \"got <$x>\"; cat")).isEqualTo("got <>");
    }

    @Test
    void saysWhenThereIsNoBash() throws InterruptedException {
        ShellSession poor = new ShellSession(folder, Map.of("PATH", root.toString()));
        assertThat(calls.call(new BashTool(poor), "command", "echo a").content().asText())
                .isEqualTo("There is no shell for Bash on this computer's PATH.");
    }

    @Test
    void saysWhenACommandRemovesItsOutput() throws InterruptedException {
        assertThat(text("rm -r '" + own + "'; echo a"))
                .isEqualTo("The output of the command cannot be read.");
        assertThat(text("echo b")).isEqualTo("b");
    }

    @Test
    void passesNoKeysAndNoUnsafeVariables() throws InterruptedException {
        String unasked = text("env; set");
        assertThat(unasked).doesNotContain("canary").contains("PATH=").doesNotContain("unasked");
        assertThat(unasked).contains("GIT_OPTIONAL_LOCKS=0").contains("GIT_PAGER=cat");
        JsonNode asked =
                calls.callAnswered(bash, Json.object().put("command", "env"), Json.object())
                        .content();
        assertThat(asked.asText()).doesNotContain("canary").contains("unasked");
    }

    @Test
    void savesLongOutputToAPrivateFile() throws IOException, InterruptedException {
        ToolOutcome outcome = run("seq 1 20000");
        ObjectNode structured = (ObjectNode) outcome.structured();
        Path file = Path.of(structured.path("persistedOutputPath").asText());
        assertThat(file).startsWith(own).hasSize(structured.path("persistedOutputSize").asLong());
        assertThat(Files.readString(file)).startsWith("1\n2\n").endsWith("20000\n");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(structured.path("stdout").asText()).hasSize(30_000).startsWith("1\n2\n");
        assertThat(outcome.content().asText())
                .startsWith(
                        "<persisted-output>\nOutput too large (106.3KB). Full output saved to: "
                                + file
                                + "\n\nPreview (first 2KB):\n1\n2\n")
                .endsWith("\n...\n</persisted-output>")
                .hasSizeLessThan(2500);
    }

    @Test
    void removesItsFilesOtherwise() throws IOException, InterruptedException {
        run("seq 1 100; cd /");
        run("exit 7");
        assertThat(results()).isEmpty();
    }

    @Test
    void endsACommandAfterItsTimeout() throws InterruptedException {
        ToolOutcome outcome = run("sleep 0; echo a; sleep 987651", 1500);
        assertThat(outcome.content().asText())
                .isEqualTo("Exit code 143\nCommand timed out after 1s\na");
        assertThat(outcome).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(processes("987651")).isEmpty();
    }

    @Test
    void movesACommandToTheBackgroundAfterItsTimeout() throws Exception {
        ToolOutcome outcome = run("echo a; until [ -e go ]; do sleep 0.1; done; echo b", 1500);
        assertThat(outcome.content().asText())
                .startsWith("a\nCommand did not complete within its 1s timeout");
        JsonNode structured = Objects.requireNonNull(outcome.structured());
        assertThat(structured.path("stdout").asText()).isEqualTo("a");
        assertThat(structured.path("timedOutAfterMs").asLong()).isEqualTo(1500);
        AgentTask task = shell.background().running().getFirst();
        assertThat(structured.path("backgroundTaskId").asText()).isEqualTo(task.id());
        Files.createFile(folder.resolve("go"));
        assertThat(task.ending().get(1, TimeUnit.MINUTES).status()).isEqualTo("completed");
        assertThat(task.output()).hasContent("a\nb");
        assertThat(results())
                .extracting(Path::getFileName)
                .containsExactly(task.output().getFileName());
    }

    /// Each command leaves processes behind in its own way.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 98765N",
                "trap '' TERM; sleep 98765N & sleep 98765N",
                "(trap '' TERM HUP INT; (sleep 98765N &) ); sleep 98765N",
                "setsid sleep 98765N & sleep 98765N",
                "setsid setsid sleep 98765N & sleep 98765N",
                "nohup sleep 98765N >/dev/null 2>&1 & disown; wait; sleep 98765N",
                "exec >&- 2>&-; sleep 98765N",
                "(setsid bash -c 'trap \"\" TERM; sleep 98765N & wait; sleep 98765N' &); sleep"
                        + " 98765N",
                "f() { sleep 98765N & f2; }; f2() { sleep 98765N & }; f; wait"
            })
    void leavesNoProcessAfterATimeout(String command) throws InterruptedException {
        String word = "98765" + (command.hashCode() & 0xffff);
        ToolOutcome outcome = run("sleep 0; " + command.replace("98765N", word), 600);
        assertThat(outcome.content().asText()).contains("timed out");
        assertThat(processes(word)).isEmpty();
    }

    @Test
    void leavesNoProcessAfterAnInterrupt() throws Exception {
        CompletableFuture<ToolOutcome> outcome = start("trap '' TERM; sleep 976541 & sleep 976541");
        await().until(() -> processes("976541").size() >= 2);
        calls.cancel().cancel();
        assertThatThrownBy(outcome::get).isInstanceOf(CancellationException.class);
        assertThat(processes("976541")).isEmpty();
    }

    @Test
    void leavesNoProcessWhenTheThreadIsInterrupted() throws InterruptedException {
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                run("true; sleep 976542");
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        await().until(() -> !processes("976542").isEmpty());
        caller.interrupt();
        caller.join();
        assertThat(processes("976542")).isEmpty();
    }

    @Test
    void startsNothingInACancelledTurn() {
        calls.cancel().cancel();
        assertThatThrownBy(() -> run("touch started")).isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void letsAServerRunOnUntilTheSessionEnds() throws IOException, InterruptedException {
        assertThat(text("sleep 976543 & echo started")).isEqualTo("started");
        assertThat(processes("976543")).isNotEmpty();
        shell.close();
        assertThat(processes("976543")).isEmpty();
        await().untilAsserted(() -> assertThat(results()).isEmpty());
        assertThat(text("echo x")).contains("The session has ended");
    }

    @Test
    void runsManyCommandsAtTheSameTime() {
        List<CompletableFuture<ToolOutcome>> outcomes =
                IntStream.range(0, 100).mapToObj(i -> start("echo " + i)).toList();
        assertThat(outcomes.stream().map(o -> o.join().content().asText()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }

    @Test
    void boundsAGigabyteOfOutput() throws InterruptedException {
        ToolOutcome outcome = run("head -c 1000000000 /dev/zero; echo done");
        JsonNode structured = outcome.structured();
        Path file = Path.of(structured.path("persistedOutputPath").asText());
        assertThat(file.toFile().length()).isLessThan(ShellProcess.MOST_OUTPUT * 3);
        assertThat(outcome.content().asText())
                .contains("Output too large (")
                .contains("(the file has the first 32MB only)");
        assertThat(structured.path("stdout").asText()).hasSize(30_000);
    }

    @Test
    void showsBinaryOutputAsText() throws InterruptedException {
        assertThat(text("printf 'a\\000b\\377c\\303'")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    }

    @Test
    void stopsAForkBomb() throws InterruptedException {
        // Bounded by its own depth, so that a failing test does no harm.
        String bomb =
                "f() { [ $1 -gt 7 ] && exec sleep 976544; f $(($1+1)) & f $(($1+1)) & wait; }";
        ToolOutcome outcome = run("sleep 0; trap '' TERM; " + bomb + "; f 0", 700);
        assertThat(outcome.content().asText()).contains("timed out");
        await().atMost(Duration.ofSeconds(5)).until(() -> processes("976544").isEmpty());
        assertThat(processes("f $(($1+1))")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep 30", " sleep 2 ", "sleep 1m", "sleep 5;"})
    void refusesToOnlyWait(String command) throws InterruptedException {
        ToolOutcome outcome = run(command);
        assertThat(outcome.content().asText())
                .startsWith("<tool_use_error>Blocked: standalone sleep ");
    }

    @Test
    void refusesCommandsThatCannotRun() throws InterruptedException {
        assertThat(text("echo a\0b")).startsWith("<tool_use_error>").contains("NUL");
        assertThat(text("echo " + "x".repeat(70_000)))
                .startsWith("<tool_use_error>")
                .contains("script file");
        assertThat(text("echo " + "x".repeat(60_000))).startsWith("<persisted-output>");
    }

    private CompletableFuture<ToolOutcome> start(String command) {
        CompletableFuture<ToolOutcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        outcome.complete(run(command));
                    } catch (InterruptedException | RuntimeException e) {
                        outcome.completeExceptionally(e);
                    }
                });
        return outcome;
    }
}
