package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.ParagraphStyle;
import java.util.List;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// The background of a paragraph whose two sides have colours of their own. They meet at a tab
/// stop, whose place depends on the font of code.
///
/// The style sheet sets the colours: `-oriel-left` and `-oriel-right`.
final class SplitBackground {
    /// The style class of the tab before the right side.
    static final String CLASS = "split";

    /// How far before the tab stop the right side starts, characters.
    private static final double BEFORE = 0.5;

    private static final String COLORS =
            " -fx-background-color: -oriel-rule, -oriel-left, -oriel-right;";

    private SplitBackground() {}

    /// Splits the background of the paragraph at this tab.
    static void apply(Text tab) {
        tab.fontProperty().subscribe(_ -> place(tab));
        tab.parentProperty().subscribe(_ -> place(tab));
    }

    private static void place(Text tab) {
        if (!(tab.getParent() instanceof TextFlow flow
                && flow.getProperties().get(ParagraphStyle.class) instanceof ParagraphStyle par)) {
            return;
        }
        List<Integer> columns = TabStops.columns(flow);
        int own = flow.getChildren().indexOf(tab);
        int index =
                (int)
                        flow.getChildren().subList(0, Math.max(0, own)).stream()
                                .filter(n -> n instanceof Text t && t.getText().equals("\t"))
                                .count();
        if (index < columns.size()) {
            double column = columns.get(index) - BEFORE;
            int x =
                    (int)
                            Math.rint(
                                    flow.getPadding().getLeft()
                                            + column * TranscriptArea.codeWidth(tab.getFont()));
            // Two layers are drawn faster than a gradient.
            String before = flow.getStyle();
            int at = before.indexOf(COLORS);
            flow.setStyle(
                    (at < 0 ? before : before.substring(0, at))
                            + COLORS
                            + MarkerNodes.insets(par, MarkerNodes.RULE, x - par.margin().left()));
        }
    }
}
