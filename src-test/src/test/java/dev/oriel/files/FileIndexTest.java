package dev.oriel.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileIndexTest {
    private static List<String> find(String query, String... paths) {
        return new FileIndex(List.of(paths), false)
                .find(query, 3).stream().map(FileIndex.Found::path).toList();
    }

    @Test
    void withoutAQueryTheNearestComesFirst() {
        assertThat(find("", ".git-hooks/", "src/", "README.md", "src/A.java"))
                .containsExactly("src/", ".git-hooks/", "README.md");
    }

    @Test
    void theBestMatchComesFirst() {
        assertThat(find("compview", "docs/composing-views.md", "src/ComposerView.java", "x/y"))
                .containsExactly("src/ComposerView.java", "docs/composing-views.md");
    }

    @Test
    void afterAFolderItsContentComesFirst() {
        String[] paths = {"src/", "lib/src/", "src/app/", "src/a.c", "src/app/b.c", "lib/src/a.c"};
        assertThat(find("src/", paths)).containsExactly("src/app/", "src/a.c", "src/app/b.c");
        assertThat(find("src/a", paths)).startsWith("src/a.c");
        assertThat(find("lib/src/", paths)).startsWith("lib/src/a.c");
        assertThat(find("./src/", paths)).startsWith("src/app/");
    }

    @Test
    void aFolderThatIsNotTypedOutMatchesToo() {
        assertThat(find("sr/a.c", "src/a.c", "b")).containsExactly("src/a.c");
    }

    @Test
    void thePositionsBelongToThePath() {
        FileIndex index = new FileIndex(List.of("src/app/Main.java"), false);
        assertThat(index.find("main", 1).getFirst().matched()).containsExactly(8, 9, 10, 11);
        assertThat(index.find("src/main", 1).getFirst().matched())
                .containsExactly(0, 1, 2, 3, 8, 9, 10, 11);
    }

    @Test
    void noMoreThanTheLimitIsFoundAmongManyFiles() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(
                    "module%d/src/main/java/org/example/part%d/Class%d.java"
                            .formatted(i % 97, i % 13, i));
        }
        many.add("needle/InAHaystack.java");
        FileIndex index = new FileIndex(many, false);
        assertThat(index.find("a", 50)).hasSize(50);
        assertThat(index.find("inahay", 50))
                .extracting(FileIndex.Found::path)
                .first()
                .isEqualTo("needle/InAHaystack.java");
        assertThat(index.find("zzzz", 50)).isEmpty();
    }

    @Test
    void ofEqualMatchesTheNearerOneComesFirst() {
        assertThat(find("x", "x1", "x2", "x3", "x4")).containsExactly("x1", "x2", "x3");
    }
}
