package dev.oriel.agent.api.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spellings of paths on other systems than this one.
class PathFormsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\\\server\\share\\x",
                "//server/share/x",
                "\\\\?\\C:\\x",
                "\\\\.\\PhysicalDrive0",
                "//?/C:/x",
                "\\/server/x",
                "/\\server\\x",
                "C:\\\\server\\x",
                "C:x",
                "C:",
                "D:..\\x",
                "1:\\x",
                "file.txt:stream",
                "C:\\dir\\file.txt:stream:$DATA",
                "dir::$INDEX_ALLOCATION",
                ".git::$INDEX_ALLOCATION\\config",
                "GIT~1",
                "C:\\PROGRA~1\\x",
                "sub/LONGFI~12.TXT",
                "file.",
                "file...",
                "file ",
                ".git.\\config",
                ".git \\config",
                "sub. \\x",
                "NUL",
                "nul.txt",
                "sub\\con",
                "aux .x",
                "COM1",
                "lpt9.log",
                "com\u00b9",
                "CONIN$",
                "a*b",
                "a?b",
                "a|b",
                "a<b",
                "a\"b",
                "a\tb"
            })
    void whatWindowsMayTakeForAnotherFileIsStrange(String path) {
        assertThat(PathForms.isStrangeOnWindows(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "..\\x",
                "./x",
                "C:\\dir\\file.txt",
                "c:/dir/file.txt",
                "sub\\.gitignore",
                "a~b",
                "~\\x",
                "x~",
                "console.txt",
                "com10",
                "nullable.java",
                "with space.txt",
                "\u00e9.txt",
                "a..b",
                "\\rooted"
            })
    void ordinaryPathsAreNot(String path) {
        assertThat(PathForms.isStrangeOnWindows(path)).isFalse();
    }

    @Test
    void spellingsOfTheSameFileAreEqual() {
        assertThat(PathForms.folded("SRC\\Main")).isEqualTo(PathForms.folded("src/main"));
        assertThat(PathForms.folded("e\u0301")).isEqualTo(PathForms.folded("\u00c9"));
        assertThat(PathForms.folded("\u017f")).isEqualTo(PathForms.folded("S"));
        assertThat(PathForms.folded("\u212a")).isEqualTo(PathForms.folded("k"));
        assertThat(PathForms.folded("stra\u00dfe")).isEqualTo(PathForms.folded("STRASSE"));
        assertThat(PathForms.folded("a")).isNotEqualTo(PathForms.folded("b"));
        assertThat(PathForms.folded("I")).isEqualTo("i");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the paths are those of POSIX")
    void rulesThatDenyMatchEverySpelling() {
        assertThat(matches("secret/**", "/p/SECRET/k", true)).isTrue();
        assertThat(matches("secret/**", "/P/secret/k", true)).isTrue();
        assertThat(matches("caf\u00e9", "/p/sub/cafe\u0301", true)).isTrue();
        assertThat(matches("cafe\u0301/**", "/p/CAF\u00c9/x", true)).isTrue();
        assertThat(matches("//p/Secret", "/p/secret/k", true)).isTrue();
        assertThat(matches("secret/**", "/p/secrets/k", true)).isFalse();
        assertThat(matches("secret/**", "/px/secret/k", true)).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the paths are those of POSIX")
    void rulesThatAllowMatchOneSpelling() {
        assertThat(matches("src/**", "/p/src/a", false)).isTrue();
        assertThat(matches("src/**", "/p/SRC/a", false)).isFalse();
        assertThat(matches("caf\u00e9", "/p/cafe\u0301", false)).isFalse();
        assertThat(matches("**", "/p", false)).isTrue();
        assertThat(matches("//**", "/x", false)).isTrue();
        assertThat(matches("~/x", "/h/x/y", false)).isTrue();
        assertThat(matches("/x", "/b/x", false)).isTrue();
    }

    private static boolean matches(String rule, String path, boolean folds) {
        return new PathPattern(rule, Path.of("/b"), Path.of("/p"), Path.of("/h"), folds)
                .matches(Path.of(path));
    }
}
