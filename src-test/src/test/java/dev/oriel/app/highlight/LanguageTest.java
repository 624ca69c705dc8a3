package dev.oriel.app.highlight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which language a fence or a file name means.
class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java | JAVA",
                "Java | JAVA",
                "kt | KOTLIN",
                "ts | TYPESCRIPT",
                "js | JAVASCRIPT",
                "c++ | CPP",
                "C++ | CPP",
                "c# | CSHARP",
                "cs | CSHARP",
                "sh | SHELL",
                "bash | SHELL",
                "shell | SHELL",
                "console | SHELL_SESSION",
                "ps1 | POWERSHELL",
                "Dockerfile | DOCKERFILE",
                "yml | YAML",
                "json | JSON",
                "jsonc | JSONC",
                "md | MARKDOWN",
                "patch | DIFF",
                "rs | RUST",
                "golang | GO",
                "rb | RUBY",
                "objc | OBJECTIVE_C",
                "rust,ignore | RUST",
                "java title=\"A.java\" | JAVA",
                "{.python .numberLines} | PYTHON",
                "js:src/a.js | JAVASCRIPT",
                "Main.java | JAVA",
            })
    void fenceNamesALanguage(String info, Language language) {
        assertThat(Language.ofFence(info)).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "text", "plain", "klingon", "{}", ".", "…", "\u0000"})
    void fenceWithoutAKnownLanguageNamesNone(String info) {
        assertThat(Language.ofFence(info)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/Main.java, JAVA",
        "C:\\src\\main.cpp, CPP",
        "a.d.ts, TYPESCRIPT",
        "App.TSX, TSX",
        "Dockerfile, DOCKERFILE",
        "Dockerfile.dev, DOCKERFILE",
        "build/Makefile, MAKE",
        "CMakeLists.txt, CMAKE",
        "Cargo.lock, TOML",
        ".bashrc, SHELL",
        ".env.local, DOTENV",
        "tsconfig.json, JSONC",
        "a.tar.json, JSON",
    })
    void fileNameNamesALanguage(String path, Language language) {
        assertThat(Language.ofFile(path)).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "notes.txt", "java", "/x.java/readme", "a.", "."})
    void otherFilesHaveNone(String path) {
        assertThat(Language.ofFile(path)).isNull();
    }

    @Test
    void namesAndGrammarsAreUnderstoodAsFencesToo() {
        assertThat(Arrays.stream(Language.values()).filter(l -> Language.ofFence(l.grammar()) != l))
                .isEmpty();
        assertThat(
                        Arrays.stream(Language.values())
                                .filter(l -> l.displayName().indexOf(' ') < 0)
                                .filter(l -> l != Language.JSONC)
                                .filter(l -> Language.ofFence(l.displayName()) != l))
                .isEmpty();
    }
}
