package dev.oriel.app.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.FileChange;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.Truncation;
import dev.oriel.app.diff.FileDiff.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EditDiffsTest {
    private static List<ToolRun.Field> fields(String... namesAndTexts) {
        List<ToolRun.Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            fields.add(new ToolRun.Field(namesAndTexts[i], namesAndTexts[i + 1]));
        }
        return fields;
    }

    private static List<EditDiffs.Titled> of(
            String tool, @Nullable FileChange change, String... namesAndTexts) {
        return EditDiffs.of(tool, fields(namesAndTexts), change, UnaryOperator.identity());
    }

    private static FileChange change(@Nullable String original, FileChange.Hunk... hunks) {
        return new FileChange(false, original, null, List.of(hunks), 0);
    }

    private static String describe(EditDiffs.Titled diff) {
        StringBuilder out = new StringBuilder(diff.title());
        diff.diff().notes().forEach(n -> out.append('|').append(n));
        for (Part part : diff.diff().parts()) {
            switch (part) {
                case Part.Kept k ->
                        k.lines()
                                .forEach(l ->
                                        out.append("| ").append(l.newNumber()).append(l.text()));
                case Part.Changed c -> {
                    c.removed()
                            .forEach(l -> out.append("|-").append(l.oldNumber()).append(l.text()));
                    c.added().forEach(l -> out.append("|+").append(l.newNumber()).append(l.text()));
                }
                case Part.Gap g -> out.append("|…").append(g.count());
            }
        }
        return out.toString();
    }

    private static List<String> describe(List<EditDiffs.Titled> diffs) {
        return diffs.stream().map(EditDiffsTest::describe).toList();
    }

    @Test
    void anEditWithoutAResultHasNoNumbers() {
        assertThat(describe(of("Edit", null, "old_string", "a\nb", "new_string", "a\nc")))
                .containsExactly("| 0a|-0b|+0c");
    }

    @Test
    void replacingAllIsSaidInWords() {
        assertThat(
                        describe(
                                of(
                                        "Edit",
                                        null,
                                        "replace_all",
                                        "true",
                                        "new_string",
                                        "b",
                                        "old_string",
                                        "a")))
                .containsExactly("All occurrences|-0a|+0b");
    }

    @Test
    void severalEditsAreSeparateDiffsUntilThereIsAResult() {
        String[] input = {
            "file_path",
            "/a",
            "old_string",
            "a",
            "new_string",
            "b",
            "replace_all",
            "true",
            "old_string",
            "c",
            "new_string",
            ""
        };

        assertThat(describe(of("MultiEdit", null, input)))
                .containsExactly("Edit 1 of 2, all occurrences|-0a|+0b", "Edit 2 of 2|-0c");
        assertThat(describe(of("MultiEdit", change("a\nx\na\nc\n"), input)))
                .containsExactly("|-1a|+1b| 2x|-3a|-4c|+3b|+4");
    }

    @Test
    void theOriginalFileGivesNumbersAndFolds() {
        String original = "1\n2\n3\n4\n5\n6\n7\n8\n9\nold\n";

        assertThat(describe(of("Edit", change(original), "old_string", "old", "new_string", "new")))
                .containsExactly("|…6| 77| 88| 99|-10old|+10new");
    }

    @Test
    void thePatchIsUsedIfTheEditDoesNotFitTheOriginal() {
        FileChange change =
                change(
                        "He said “a”.\n",
                        new FileChange.Hunk(1, 1, List.of("-He said “a”.", "+He said “b”.")));

        assertThat(describe(of("Edit", change, "old_string", "\"a\"", "new_string", "\"b\"")))
                .containsExactly("|-1He said “a”.|+1He said “b”.");
    }

    @Test
    void thePatchIsUsedIfTheCliChangedMoreThanTheText() {
        // The CLI removes the line break after a deleted text.
        FileChange change =
                change("a\nb\nc\n", new FileChange.Hunk(1, 1, List.of(" a", "-b", " c")));

        assertThat(describe(of("Edit", change, "old_string", "b", "new_string", "")))
                .containsExactly("| 1a|-2b| 2c");
    }

    @Test
    void hunksHaveGapsOfUnknownLinesAndRemarks() {
        FileChange change =
                change(
                        null,
                        new FileChange.Hunk(5, 5, List.of(" a", "-b\r", "+c\r")),
                        new FileChange.Hunk(
                                20, 20, List.of("-x", "\\ No newline at end of file", "+x", "-y")));

        List<EditDiffs.Titled> diffs =
                of("Edit", change, "old_string", "no", "new_string", "matter");

        assertThat(describe(diffs)).containsExactly("| 5a|-6b|+6c|…13|-20x|+20x|-21y");
        Part.Changed last = (Part.Changed) diffs.getFirst().diff().parts().get(3);
        assertThat(last.removed().getFirst().withoutNewline()).isTrue();
        assertThat(last.added().getFirst().withoutNewline()).isFalse();
    }

    @Test
    void linesThatWereNotKeptAreCounted() {
        FileChange change =
                new FileChange(
                        false,
                        null,
                        null,
                        List.of(new FileChange.Hunk(1, 1, List.of("+a"))),
                        12_345);

        assertThat(describe(of("Edit", change, "old_string", "a", "new_string", "b")))
                .containsExactly("|12,345 more lines of this change are not kept|+1a");
    }

    @Test
    void aNewFileIsAddedAndAnOverwrittenOneCompared() {
        FileChange created = new FileChange(true, null, null, List.of(), 0);

        assertThat(describe(of("Write", created, "content", "a\nb\n"))).containsExactly("|+1a|+2b");
        assertThat(describe(of("Write", change("a\nx\n"), "content", "a\nb\n")))
                .containsExactly("| 1a|-2x|+2b");
        assertThat(describe(of("Write", change(null), "content", "a\n")))
                .containsExactly("New content; the old one is not known|+1a");
    }

    @Test
    void aCutFileEndsWithARemarkThatIsNoLine() {
        String content = Truncation.truncate("line\n".repeat(60_000));

        FileDiff diff = of("Write", null, "content", content).getFirst().diff();

        assertThat(diff.notes()).hasSize(1);
        assertThat(diff.notes().getFirst()).startsWith("[… ").endsWith("more characters]");
        assertThat(diff.added()).isLessThan(60_000);
    }

    @Test
    void anEditThatTheUserChangedIsShownAsItWasWritten() {
        FileChange change = new FileChange(false, "old\n", "mine", List.of(), 0);

        assertThat(describe(of("Edit", change, "old_string", "old", "new_string", "new")))
                .containsExactly("|You edited this before allowing it|-1old|+1mine");
    }

    @Test
    void aCellOfANotebookIsComparedWithItsSourceBefore() {
        String[] input = {"cell_id", "c1", "cell_type", "code", "new_source", "b"};

        assertThat(describe(of("NotebookEdit", change("a"), input)))
                .containsExactly("Replace code cell c1|-0a|+0b");
        assertThat(describe(of("NotebookEdit", null, input)))
                .containsExactly("Replace code cell c1; its old source is not known|+0b");
    }

    @Test
    void cellsAreInsertedAndDeleted() {
        assertThat(
                        describe(
                                of(
                                        "NotebookEdit",
                                        null,
                                        "edit_mode",
                                        "insert",
                                        "cell_id",
                                        "c1",
                                        "cell_type",
                                        "markdown",
                                        "new_source",
                                        "# b")))
                .containsExactly("Insert a markdown cell after c1|+0# b");
        assertThat(
                        describe(
                                of(
                                        "NotebookEdit",
                                        change("a"),
                                        "edit_mode",
                                        "delete",
                                        "cell_id",
                                        "c1",
                                        "new_source",
                                        "")))
                .containsExactly("Delete cell c1|-0a");
    }

    private static String cut(int length) {
        return Truncation.truncate(("x".repeat(9) + '\n').repeat(length), 16 * 1024);
    }

    @Test
    void whatWasCutOfATextOfASubagentIsANoteAndNoContent() {
        String text = cut(2_000);
        String note = text.substring(text.lastIndexOf('\n') + 1);
        List<EditDiffs.Titled> shown = new ArrayList<>();
        shown.addAll(of("Write", null, "file_path", "/a", "content", text));
        shown.addAll(of("Edit", null, "old_string", text, "new_string", "b"));
        shown.addAll(of("Edit", null, "old_string", "a", "new_string", text));
        shown.addAll(of("NotebookEdit", null, "cell_id", "1", "new_source", text));
        assertThat(shown)
                .hasSize(4)
                .allSatisfy(d -> {
                    assertThat(d.diff().notes()).containsExactly(note);
                    assertThat(describe(d).split("[|]"))
                            .filteredOn(l -> l.contains("more characters"))
                            .containsExactly(note);
                });
    }

    @Test
    void anEditWhoseTextWasCutIsNotAppliedToTheFile() {
        String text = cut(2_000);
        assertThat(describe(of("Edit", change("a\nz\n"), "old_string", "a", "new_string", text)))
                .singleElement()
                .asString()
                .contains("|-0a")
                .doesNotContain("z");
    }

    @Test
    void aShortTextThatEndsLikeANoteIsContent() {
        assertThat(describe(of("Write", null, "content", "a\n[… 5 more characters]")))
                .singleElement()
                .asString()
                .contains("+1a", "+2[… 5 more characters]");
    }

    @Test
    void theNameOfACellIsOneShortLine() {
        for (String mode : List.of("insert", "delete", "replace")) {
            String title =
                    of(
                                    "NotebookEdit",
                                    null,
                                    "edit_mode",
                                    mode,
                                    "cell_id",
                                    "a\nb\r\n" + "c".repeat(1_000),
                                    "cell_type",
                                    "d\u2028e" + "f".repeat(1_000))
                            .getFirst()
                            .title();
            assertThat(title).hasSizeLessThan(180).contains("a b cc", "d ef");
            assertThat(title.lines()).hasSize(1);
        }
    }
}
