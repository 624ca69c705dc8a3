package dev.oriel.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkTest {
    @TempDir Path temp;
    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("outer/project"));
    }

    private void write(String path, String... lines) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines));
    }

    private List<String> walk() {
        return new FolderWalk(root, 1_000, null, System::nanoTime).run(_ -> {});
    }

    @Test
    void listsFilesAndFoldersTheNearestFirst() throws IOException {
        write("b.txt");
        write("a/deep/down.txt");
        write(".github/ci.yml");
        assertThat(walk())
                .containsExactly(
                        ".github/", "a/", "b.txt", ".github/ci.yml", "a/deep/", "a/deep/down.txt");
    }

    @Test
    void nestedRulesOverrideOuterOnesAndNegationIncludes() throws IOException {
        write(".gitignore", "*.log", "build/", "!keep.log", "/only-here");
        write("a/.gitignore", "!special.log", "*.tmp");
        write("x.log");
        write("keep.log");
        write("only-here");
        write("build/keep.log");
        write("a/x.log");
        write("a/special.log");
        write("a/only-here");
        write("a/y.tmp");
        write("y.tmp");
        assertThat(walk())
                .containsExactlyInAnyOrder(
                        ".gitignore",
                        "keep.log",
                        "y.tmp",
                        "a/",
                        "a/.gitignore",
                        "a/special.log",
                        "a/only-here");
    }

    @Test
    void rulesOfTheRepositoryAroundTheFolderAndItsExcludeFileHold() throws IOException {
        Path repository = Objects.requireNonNull(root.getParent());
        Files.createDirectories(repository.resolve(".git/info"));
        Files.writeString(repository.resolve(".git/info/exclude"), "secret\n");
        Files.writeString(repository.resolve(".gitignore"), "*.class\n/project/gen\n/gen2\n");
        write("A.class");
        write("gen/x");
        write("gen2/x");
        write("secret");
        write("ok");
        assertThat(walk()).containsExactlyInAnyOrder("gen2/", "gen2/x", "ok");
    }

    @Test
    void aWorktreeUsesTheExcludeFileOfItsRepository() throws IOException {
        Path main = Files.createDirectories(temp.resolve("main/.git/worktrees/w"));
        Files.writeString(main.resolve("commondir"), "../..\n");
        Files.createDirectories(temp.resolve("main/.git/info"));
        Files.writeString(temp.resolve("main/.git/info/exclude"), "local\n");
        Files.writeString(root.resolve(".git"), "gitdir: " + main + "\n");
        write("local");
        write("shared");
        assertThat(walk()).containsExactly("shared");
    }

    @Test
    void theUsersOwnRulesHoldInARepository() throws IOException {
        Files.createDirectories(root.resolve(".git"));
        Path own = Files.writeString(temp.resolve("ignore"), ".DS_Store\n");
        write(".DS_Store");
        write("x");
        assertThat(new FolderWalk(root, 10, own, System::nanoTime).run(_ -> {}))
                .containsExactly("x");
    }

    @Test
    void theUsersOwnRulesAndThoseOfTheRepositoryMayBeLinks() throws IOException {
        Path info = Files.createDirectories(root.resolve(".git/info"));
        Path own = Files.writeString(temp.resolve("own"), ".DS_Store\n");
        Path exclude = Files.writeString(temp.resolve("exclude"), "local\n");
        Path link = Files.createSymbolicLink(temp.resolve("ignore"), own);
        Files.createSymbolicLink(info.resolve("exclude"), exclude);
        write(".DS_Store");
        write("local");
        write("x");
        assertThat(new FolderWalk(root, 10, link, System::nanoTime).run(_ -> {}))
                .containsExactly("x");
    }

    @Test
    void aFolderThatTakesTooLongIsListedInPart() throws IOException {
        for (int i = 0; i < 100; i++) {
            write("f" + i);
        }
        AtomicLong now = new AtomicLong();
        FolderWalk walk =
                new FolderWalk(root, 1_000, null, () -> now.getAndAdd(TimeUnit.SECONDS.toNanos(1)));
        assertThat(walk.run(_ -> {})).hasSizeBetween(1, 40);
        assertThat(walk.isIncomplete()).isTrue();
    }

    @Test
    void linksAreNeitherFollowedNorLeadOutside() throws IOException {
        write("inside/file");
        Files.writeString(temp.resolve("outside.txt"), "secret");
        Files.createSymbolicLink(root.resolve("loop"), root);
        Files.createSymbolicLink(root.resolve("inside/up"), root.resolve("inside"));
        Files.createSymbolicLink(root.resolve("out"), temp.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("outer"), temp);
        Files.createSymbolicLink(root.resolve("broken"), root.resolve("nothing"));
        Files.createSymbolicLink(root.resolve("self"), root.resolve("self"));
        Files.createSymbolicLink(root.resolve("link"), root.resolve("inside/file"));
        assertThat(walk()).containsExactlyInAnyOrder("inside/", "inside/file", "link");
    }

    @Test
    void rulesThatAreALinkAreNotRead() throws IOException {
        Path rules = Files.writeString(temp.resolve("rules"), "*\n");
        Files.createSymbolicLink(root.resolve(".gitignore"), rules);
        write("x");
        assertThat(walk()).contains("x");
    }

    @Test
    void namesThatCannotBeWrittenInAPromptAreOmitted() throws IOException {
        write("a\nb");
        write("tab\there");
        write("blank here");
        assertThat(walk()).containsExactly("blank here");
    }

    @Test
    void aFolderThatDoesNotExistIsEmpty() {
        root = root.resolve("gone");
        assertThat(walk()).isEmpty();
    }

    @Test
    void theLimitKeepsWhatIsNearest() throws IOException {
        for (int i = 0; i < 20; i++) {
            write("deep/er/f" + i);
            write("g" + i);
        }
        FolderWalk walk = new FolderWalk(root, 15, null, System::nanoTime);
        List<String> paths = walk.run(_ -> {});
        assertThat(paths).hasSize(15).doesNotContain("deep/er/f0");
        assertThat(walk.isIncomplete()).isTrue();
    }

    @Test
    void filesThatAppearAndDisappearMeanwhileDoNoHarm() throws Exception {
        for (int i = 0; i < 300; i++) {
            write("d" + i + "/f");
        }
        Thread churn =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                for (int i = 0; i < 300; i++) {
                                    Files.delete(root.resolve("d" + i + "/f"));
                                    Files.delete(root.resolve("d" + i));
                                    write("e" + i + "/f");
                                }
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        List<List<String>> all = new ArrayList<>();
        while (churn.isAlive()) {
            all.add(walk());
        }
        churn.join();
        assertThat(walk()).hasSize(600);
        assertThat(all).allSatisfy(paths -> assertThat(paths).doesNotHaveDuplicates());
    }
}
