package dev.oriel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares what is listed with `git ls-files`, for random folders with random rules. Skipped where
/// there is no git.
class GitAgreementTest {
    private static final List<String> NAMES =
            List.of("a", "b", "ab", "a.c", "b.log", "x y", "z", ".h", "[z]", "a-b");
    private static final List<String> PIECES =
            List.of(
                    "a", "b", "*", "**", "?", "/", "/", "!", "[ab]", "[!a]", ".c", ".log", "a*",
                    "*b", "ä", " ", "\\", "x", "[a-c]*", "-");

    @TempDir Path temp;

    @Test
    void theSameFilesAreListedAsByGit() throws Exception {
        assumeTrue(git(temp, "--version") != null, "skipped: there is no git");
        Random random = new Random(20261127);
        for (int round = 0; round < 120; round++) {
            Path root = Files.createDirectories(temp.toRealPath().resolve("r" + round));
            git(root, "init", "-q");
            List<String> rules = new ArrayList<>();
            fill(root, "", 3, random, rules);
            String listed =
                    git(
                            root,
                            "-c",
                            "core.excludesFile=",
                            "ls-files",
                            "-co",
                            "--exclude-standard",
                            "-z");
            TreeSet<String> expected =
                    new TreeSet<>(Arrays.asList(Objects.requireNonNull(listed).split("\0")));
            expected.remove("");
            TreeSet<String> found =
                    new TreeSet<>(
                            new FolderWalk(root, 10_000, null, System::nanoTime).run(_ -> {}));
            found.removeIf(path -> path.endsWith("/"));
            assertThat(found).as(rules.toString()).isEqualTo(expected);
        }
    }

    private static void fill(Path folder, String path, int depth, Random random, List<String> rules)
            throws IOException {
        if (random.nextInt(3) > 0) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                StringBuilder line = new StringBuilder();
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    line.append(PIECES.get(random.nextInt(PIECES.size())));
                }
                lines.add(line.toString());
            }
            Files.write(folder.resolve(".gitignore"), lines);
            rules.add(path + ": " + lines);
        }
        for (int i = 0; i < 4; i++) {
            Path entry = folder.resolve(NAMES.get(random.nextInt(NAMES.size())));
            if (Files.exists(entry)) {
                continue;
            }
            if (depth > 0 && random.nextBoolean()) {
                Files.createDirectory(entry);
                fill(entry, path + entry.getFileName() + "/", depth - 1, random, rules);
            } else {
                Files.createFile(entry);
            }
        }
    }

    /// @return what it prints; null if it cannot be started
    private static @Nullable String git(Path folder, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return null;
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
