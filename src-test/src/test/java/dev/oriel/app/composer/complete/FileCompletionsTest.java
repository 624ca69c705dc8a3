package dev.oriel.app.composer.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.FileMatches;
import dev.oriel.client.FileMatches.FileMatch;
import dev.oriel.message.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileCompletionsTest {
    private static FileMatches found(String... paths) {
        return new FileMatches(
                List.of(paths).stream().map(p -> new FileMatch(p, List.of())).toList(),
                false,
                false);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "src/App.java, false, `@src/App.java `",
                "src/, false, `@src/`",
                "my file.txt, false, `@\"my file.txt\" `",
                "my folder/, false, `@\"my folder/`",
                "plain.txt, true, `@\"plain.txt\" `",
                "a\"b.txt, false, ```a\"b.txt`` `",
                "a \"b\".txt, true, ```a \"b\".txt`` `",
                "שלום.txt, false, `@שלום.txt `",
                "👩‍👩‍👧.md, false, `@👩‍👩‍👧.md `",
                "it's.txt, false, `@\"it's.txt\" `",
                "a(1).txt, false, `@\"a(1).txt\" `",
            })
    void aPathIsQuotedWhereItWouldEndEarly(String path, boolean quoted, String expected) {
        assertThat(FileCompletions.mention(path, path.endsWith("/"), quoted)).isEqualTo(expected);
    }

    @Test
    void aNameWithALineBreakIsWrittenAsCode() {
        assertThat(FileCompletions.mention("a\nb.txt", false, false)).doesNotContain("@");
    }

    @Test
    void aRowShowsTheNameAndThenItsFolder() {
        Completion file =
                FileCompletions.of(
                                new FileMatches(
                                        List.of(new FileMatch("src/app/A.java", List.of(0, 8))),
                                        false,
                                        false),
                                false)
                        .rows()
                        .getFirst();
        assertThat(file.name()).isEqualTo("A.java");
        assertThat(file.matched()).containsExactly(0);
        assertThat(file.detail()).isEqualTo("src/app/");
        assertThat(file.matchedDetail()).containsExactly(0);
        Completion folder = FileCompletions.of(found("src/app/"), false).rows().getFirst();
        assertThat(folder.kind()).isEqualTo(Completion.Kind.FOLDER);
        assertThat(folder.name()).isEqualTo("app/");
        assertThat(folder.detail()).isEqualTo("src/");
    }

    @Test
    void theNoteSaysWhyThereIsNothing() {
        assertThat(FileCompletions.of(found(), false).note())
                .isEqualTo("No file or folder matches");
        assertThat(FileCompletions.of(new FileMatches(List.of(), true, false), false).note())
                .isEqualTo("Indexing the folder…");
        assertThat(FileCompletions.of(found("a"), false).note()).isEmpty();
    }

    @Test
    void aReplyOfTheServerIsReadLeniently() {
        var reply = Json.object().put("indexing", true);
        var files = reply.putArray("files");
        files.addObject().put("path", "a/b").putArray("matched").add(0).add(9).add(-1).add("x");
        files.addObject().put("path", "");
        files.add(3);
        FileMatches read = FileMatches.fromJson(reply);
        assertThat(read.files()).containsExactly(new FileMatch("a/b", List.of(0)));
        assertThat(read.indexing()).isTrue();
    }
}
