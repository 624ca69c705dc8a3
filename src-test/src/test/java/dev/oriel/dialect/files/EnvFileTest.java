package dev.oriel.dialect.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @Test
    void parsesTheSyntaxOfShellsAndRuntimes() {
        assertThat(
                        EnvFile.parse(
                                """
                                # a comment

                                PLAIN=sk-ant-1
                                export EXPORTED="sk-ant-2"
                                SINGLE='x # y $PLAIN'
                                COMMENTED=value # and why
                                HASH=a#b
                                  SPACED = two words \s
                                EQUALS=a=b==
                                EMPTY=
                                EMPTY_COMMENTED= # nothing
                                QUOTES="say \\"hi\\"\\nthere\\\\"
                                QUOTED_COMMENT="x" # y
                                TWICE=1
                                TWICE=2
                                """))
                .containsOnly(
                        entry("PLAIN", "sk-ant-1"),
                        entry("EXPORTED", "sk-ant-2"),
                        entry("SINGLE", "x # y $PLAIN"),
                        entry("COMMENTED", "value"),
                        entry("HASH", "a#b"),
                        entry("SPACED", "two words"),
                        entry("EQUALS", "a=b=="),
                        entry("EMPTY", ""),
                        entry("EMPTY_COMMENTED", ""),
                        entry("QUOTES", "say \"hi\"\nthere\\"),
                        entry("QUOTED_COMMENT", "x"),
                        entry("TWICE", "2"));
    }

    @Test
    void skipsInvalidLines() {
        assertThat(EnvFile.parse("no equals\n1X=2\nOPEN=\"half\nA='b' c\n=x\nGOOD=1\r\n"))
                .containsOnly(entry("GOOD", "1"));
    }

    @Test
    void parsesLongLinesInLinearTime() {
        assertThat(EnvFile.parse("A=" + "a#".repeat(200_000) + "\"")).hasSize(1);
        assertThat(EnvFile.parse("A=\"" + "\\a".repeat(2_000))).isEmpty();
    }

    @Test
    void isEmptyWithoutAFile(@TempDir Path folder) throws Exception {
        assertThat(EnvFile.load(folder)).isEmpty();
        Files.createDirectory(folder.resolve(".env"));
        assertThat(EnvFile.load(folder)).isEmpty();
    }

    @Test
    void readsOnlyKeysThatAreNotSetInTheEnvironment(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve(".env"),
                """
                ANTHROPIC_API_KEY=k
                ANTHROPIC_AUTH_TOKEN=t
                ANTHROPIC_BASE_URL=http://x
                PATH=/
                """);
        WorkFolder work = WorkFolder.of(folder, Map.of("ANTHROPIC_AUTH_TOKEN", "mine"));
        assertThat(work.keys()).containsOnly(entry("ANTHROPIC_API_KEY", "k"));
        assertThat(work).hasToString("WorkFolder[" + folder + ", [ANTHROPIC_API_KEY]]");
    }
}
