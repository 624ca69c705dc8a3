package dev.oriel.app.transcript.area;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.diff.EditDiffs;
import dev.oriel.app.diff.TextDiff;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.reading.DiffLayout;
import dev.oriel.app.transcript.diff.DiffRenderer;
import dev.oriel.app.transcript.diff.DiffView;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphStyle;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import javafx.scene.control.IndexRange;
import org.junit.jupiter.api.Test;

/// What a selected diff is copied as.
class DiffCopyTest {
    private static String copied(String before, String after, DiffLayout layout) {
        DiffView view =
                new DiffView(
                        ParagraphStyle.of("diff-row"),
                        60,
                        layout,
                        100,
                        2_000,
                        Set.<String>of()::contains,
                        null,
                        null,
                        CodeColors.NONE);
        EditDiffs.Titled diff =
                new EditDiffs.Titled("", TextDiff.ofFile(before, after, UnaryOperator.identity()));
        BlockBuilder out = new BlockBuilder();
        DiffRenderer.render(List.of(diff), view).rows().forEach(r -> out.add(r.par(), r.text()));
        var document = out.build().document();
        return SelectionText.of(document, new IndexRange(0, document.length() - 1));
    }

    @Test
    void aUnifiedDiffIsCopiedWithoutNumbersAndSigns() {
        assertThat(copied("a\n\tb\n", "a\n\tB\nc", DiffLayout.UNIFIED)).isEqualTo("a\n\tb\n\tB\nc");
    }

    @Test
    void aLineThatContinuesIsCopiedAsOneLine() {
        String line = "word ".repeat(40) + "end";

        assertThat(copied("x\n", "x\n" + line + "\n", DiffLayout.UNIFIED)).isEqualTo("x\n" + line);
    }

    @Test
    void ofTwoSidesTheNewOneIsCopied() {
        assertThat(
                        copied(
                                "same\nint a = 1;\ngone\n",
                                "same\nint a = 2;\n" + "word ".repeat(20) + "\nnew\n",
                                DiffLayout.SIDE_BY_SIDE))
                .isEqualTo("same\nint a = 2;\n" + "word ".repeat(20) + "\nnew");
    }
}
