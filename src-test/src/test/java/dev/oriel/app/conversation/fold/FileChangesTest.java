package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.message.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileChangesTest {
    private static FileChange change(String json) throws Exception {
        return Objects.requireNonNull(FileChanges.of(Json.mapper().readTree(json)));
    }

    @Test
    void anEditHasItsOriginalAndItsHunks() throws Exception {
        FileChange change =
                change(
                        """
                        {"filePath":"/a","originalFile":"a\\n","structuredPatch":
                        [{"oldStart":1,"newStart":2,"lines":["-a","+b","+c"]}],"userModified":false}
                        """);

        assertThat(change.original()).isEqualTo("a\n");
        assertThat(change.revised()).isNull();
        assertThat(change.hunks())
                .containsExactly(new FileChange.Hunk(1, 2, List.of("-a", "+b", "+c")));
        assertThat(change.added()).isEqualTo(2);
        assertThat(change.removed()).isEqualTo(1);
    }

    @Test
    void aTextThatTheUserRevisedIsKept() throws Exception {
        assertThat(change("{\"newString\":\"x\",\"userModified\":true,\"structuredPatch\":[]}"))
                .extracting(FileChange::revised)
                .isEqualTo("x");
    }

    @Test
    void aNewFileIsToldFromAnOverwrittenOne() throws Exception {
        assertThat(change("{\"type\":\"create\",\"structuredPatch\":[],\"originalFile\":null}"))
                .extracting(FileChange::created, FileChange::original)
                .containsExactly(true, null);
        assertThat(change("{\"type\":\"update\",\"structuredPatch\":[]}").created()).isFalse();
    }

    @Test
    void theSourceOfACellIsReadFromTheNotebookBefore() throws Exception {
        ObjectNode notebook = Json.object();
        ArrayNode cells = notebook.putArray("cells");
        cells.addObject().put("source", "first");
        cells.addObject().put("id", "c2").putArray("source").add("a\n").add("b");
        ObjectNode result = Json.object().put("notebook_path", "/n").put("new_source", "x");
        result.put("original_file", notebook.toString());

        assertThat(original(result.put("cell_id", "c2"))).isEqualTo("a\nb");
        assertThat(original(result.put("cell_id", "cell-0"))).isEqualTo("first");
        assertThat(original(result.put("cell_id", "c9"))).isNull();
        assertThat(original(result.put("original_file", "{broken"))).isNull();
    }

    private static @Nullable String original(ObjectNode result) {
        return Objects.requireNonNull(FileChanges.of(result)).original();
    }

    @Test
    void hugeResultsAreBoundedAndWhatIsLeftOutIsCounted() {
        ObjectNode result = Json.object();
        result.put("originalFile", "x".repeat(Truncation.MAX_TEXT + 1));
        ArrayNode lines =
                result.putArray("structuredPatch")
                        .addObject()
                        .put("oldStart", 1)
                        .put("newStart", 1)
                        .putArray("lines");
        for (int i = 0; i < 30_000; i++) {
            lines.add("+" + i);
        }
        FileChange change = Objects.requireNonNull(FileChanges.of(result));

        assertThat(change.original()).isNull();
        assertThat(change.added() + change.hunkLinesLeftOut()).isEqualTo(30_000);
        assertThat(change.hunkLinesLeftOut()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Error: no\"", "{}", "[]", "null", "{\"structuredPatch\":7}"})
    void otherResultsAreNoChange(String json) throws Exception {
        assertThat(FileChanges.of(Json.mapper().readTree(json))).isNull();
    }
}
