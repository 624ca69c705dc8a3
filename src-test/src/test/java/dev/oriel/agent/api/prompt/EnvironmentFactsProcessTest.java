package dev.oriel.agent.api.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFactsProcessTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    @TempDir Path folder;

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private EnvironmentFacts read(boolean isTrusted) {
        return EnvironmentFacts.read(folder, isTrusted, DATE, Duration.ofSeconds(30));
    }

    @Test
    void aPlainFolderHasNoRepository() {
        EnvironmentFacts facts = read(true);

        assertThat(facts.isRepository()).isFalse();
        assertThat(facts.text()).contains(folder.toString(), "2026-01-02", "Git repository: no");
    }

    @Test
    void branchChangesAndCommitsAreNamed() throws Exception {
        git("init", "-q", "-b", "topic");
        Files.writeString(folder.resolve("a.txt"), "a");
        git("add", "a.txt");
        git("commit", "-q", "-m", "Add a");
        Files.writeString(folder.resolve("b.txt"), "b");

        assertThat(read(true).text()).contains("## topic", "?? b.txt", "Add a");
    }

    @Test
    void gitRunsOnlyInFoldersThatAreTrusted() throws Exception {
        git("init", "-q");
        Path mark = folder.resolve("ran");
        Files.writeString(folder.resolve("a.txt"), "a");
        git("add", "a.txt");
        git("commit", "-q", "-m", "Add a");
        git("config", "filter.evil.clean", "touch '" + mark + "'; cat");
        Files.writeString(folder.resolve(".gitattributes"), "*.txt filter=evil");
        Files.writeString(folder.resolve("a.txt"), "b");

        EnvironmentFacts facts = read(false);

        assertThat(facts.isRepository()).isTrue();
        assertThat(facts.git()).isEmpty();
        assertThat(mark).doesNotExist();
    }

    @Test
    void manyChangesAreCut() throws Exception {
        git("init", "-q");
        for (int i = 0; i < 500; i++) {
            Files.writeString(folder.resolve("file" + i), "x");
        }

        assertThat(read(true).git()).contains("more is not listed").hasSizeLessThan(5_000);
    }

    @Test
    void aSlowGitIsNotAwaited() throws Exception {
        git("init", "-q");
        Path mark = folder.resolve("started");
        Files.writeString(folder.resolve("a.txt"), "a");
        git("add", "a.txt");
        git("commit", "-q", "-m", "Add a");
        git("config", "filter.slow.clean", "touch '" + mark + "'; sleep 29317");
        Files.writeString(folder.resolve(".gitattributes"), "*.txt filter=slow");
        Files.writeString(folder.resolve("a.txt"), "b");

        long start = System.nanoTime();
        EnvironmentFacts facts = EnvironmentFacts.read(folder, true, DATE, Duration.ofMillis(200));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(facts.git()).doesNotContain("Status");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(ProcessHandle.current().descendants())
                                .noneMatch(p -> p.info().toString().contains("29317")));
    }
}
