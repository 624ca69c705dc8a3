package dev.oriel.agent.api.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.api.FolderPermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentsTest {
    @TempDir Path temp;
    private Path folder;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createDirectories(temp.resolve("project"));
        Files.writeString(folder.resolve("a.txt"), "one\ntwo\nthree\n");
        Files.createDirectories(folder.resolve("src"));
        Files.writeString(folder.resolve("src/with space.md"), "spaced");
    }

    private List<String> of(String prompt) {
        return new Attachments(folder, new FolderPermissions(folder)).of(prompt);
    }

    @Test
    void aMentionedFileIsGivenAsIfItWereRead() {
        assertThat(of("What is in @a.txt?"))
                .containsExactly(
                        "<system-reminder>\nCalled the Read tool with the following input:"
                                + " {\"file_path\":\""
                                + folder.resolve("a.txt")
                                + "\"}\n</system-reminder>\n",
                        """
                        <system-reminder>
                        Result of calling the Read tool:
                        1\tone
                        2\ttwo
                        3\tthree
                        4\t
                        </system-reminder>
                        """);
    }

    @Test
    void namesCanBeQuoted() {
        assertThat(of("Look at @\"src/with space.md\" please").getLast()).contains("1\tspaced");
    }

    @Test
    void aRangeOfLinesCanBeNamed() {
        assertThat(of("@a.txt#L2-3").getLast())
                .contains("2\ttwo\n3\tthree\n</")
                .doesNotContain("one");
        assertThat(of("@a.txt#L2").getLast()).contains("2\ttwo\n</");
        assertThat(of("@a.txt#L99999-999999999").getLast()).doesNotContain("one");
    }

    @Test
    void aFolderIsListed() {
        assertThat(of("@src").getFirst()).contains("with space.md");
    }

    @Test
    void whatIsNoFileIsNoMention() {
        assertThat(of("mail me@a.txt or @nobody or @ or @\0 or `x@a.txt`")).isEmpty();
    }

    @Test
    void eachFileIsReadOnce() {
        assertThat(of("@a.txt and (@a.txt) and @./a.txt!")).hasSize(2);
    }

    @Test
    void filesThatMayNotBeReadAreLeftToTheModel() throws Exception {
        Files.writeString(temp.resolve("secret"), "key");
        Files.createSymbolicLink(folder.resolve("link"), temp.resolve("secret"));

        assertThat(of("@../secret @link @" + temp.resolve("secret"))).isEmpty();
    }

    @Test
    void largeAndManyFilesAreBounded() throws Exception {
        Files.writeString(folder.resolve("big"), "line\n".repeat(1_000_000));
        Files.writeString(folder.resolve("wide"), "w".repeat(5_000_000));
        StringBuilder all = new StringBuilder("@big @wide ");
        for (int i = 0; i < 100; i++) {
            Files.writeString(folder.resolve("f" + i), "x".repeat(60_000));
            all.append("@f").append(i).append(' ');
        }

        List<String> texts = of(all.toString());
        assertThat(texts.get(1)).contains("only the first 2000 lines");
        assertThat(texts.stream().mapToInt(String::length).sum())
                .isLessThan(Attachments.MAX_ALL + 1_000);
    }

    @Test
    void binaryFilesAreForTheTool() throws Exception {
        Files.write(folder.resolve("image.png"), new byte[] {0, 1, 2});

        assertThat(of("@image.png").getFirst()).contains("use the tool Read");
    }
}
