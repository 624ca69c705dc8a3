package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.ParagraphStyle;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.text.Font;
import javafx.scene.text.TabStop;
import javafx.scene.text.TabStopPolicy;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// Tab stops of a paragraph: in pixels, or at multiples of the width of a character of code.
final class TabStops {
    private static final String COLUMNS = "oriel-tab-columns";
    private static final String FONT = "oriel-tab-font";

    private TabStops() {}

    static void apply(TextFlow flow, ParagraphStyle par) {
        List<Integer> columns = par.tabStops();
        if (!par.tabPixels().isEmpty()) {
            TabStopPolicy policy = new TabStopPolicy();
            int left = par.margin().left() + par.padding().left();
            par.tabPixels().forEach(stop -> policy.tabStops().add(new TabStop(left + stop)));
            flow.setTabStopPolicy(policy);
        }
        flow.getProperties().put(COLUMNS, columns);
        flow.getProperties().remove(FONT);
    }

    /// The tab stops of a paragraph.
    static List<Integer> columns(TextFlow flow) {
        List<Integer> columns = new ArrayList<>();
        if (flow.getProperties().get(COLUMNS) instanceof List<?> all) {
            all.forEach(c -> columns.add((Integer) c));
        }
        return columns;
    }

    /// Makes a space a tab. Its font determines the width of a column.
    static void apply(Text blank) {
        blank.setText("\t");
        blank.fontProperty().subscribe(font -> place(blank, font));
        blank.parentProperty().subscribe(_ -> place(blank, blank.getFont()));
    }

    private static void place(Text blank, Font font) {
        if (blank.getParent() instanceof TextFlow flow
                && flow.getProperties().get(COLUMNS) instanceof List<?> columns
                && !columns.isEmpty()
                && !font.equals(flow.getProperties().put(FONT, font))) {
            double width = TranscriptArea.codeWidth(font);
            TabStopPolicy policy = new TabStopPolicy();
            // Tab stops count from the edge of the flow, not from its text.
            double left = flow.getPadding().getLeft();
            for (Object column : columns) {
                policy.tabStops().add(new TabStop(left + (Integer) column * width));
            }
            flow.setTabStopPolicy(policy);
        }
    }
}
