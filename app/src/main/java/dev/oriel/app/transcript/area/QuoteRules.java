package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.QuoteRule;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The rules of the quotes that a paragraph is in, and its marker. The area gives it the height of
/// the paragraph; it takes no more of the width than the marker.
final class QuoteRules extends Pane {
    private final List<QuoteRule> rules;
    private final @Nullable Node marker;

    /// @param marker at the left of the first line; null for none
    QuoteRules(List<QuoteRule> rules, @Nullable Node marker) {
        this.rules = rules;
        this.marker = marker;
        setMouseTransparent(true);
        for (QuoteRule rule : rules) {
            Region line = new Region();
            line.getStyleClass().addAll("quote-rule", rule.kind());
            if (rule.atRight()) {
                moveToRight(line, rule.from());
            }
            getChildren().add(line);
        }
        if (marker != null) {
            getChildren().add(marker);
        }
    }

    /// The area places this node at the left of a paragraph. From there the rule is translated.
    private void moveToRight(Region line, int from) {
        parentProperty()
                .subscribe(around -> {
                    line.translateXProperty().unbind();
                    if (around instanceof Region paragraph) {
                        line.translateXProperty()
                                .bind(
                                        paragraph
                                                .widthProperty()
                                                .subtract(2 * from + MarkerNodes.RULE));
                    }
                });
    }

    @Override
    protected double computePrefWidth(double height) {
        return marker != null ? marker.prefWidth(height) : 0;
    }

    @Override
    protected double computeMinWidth(double height) {
        return computePrefWidth(height);
    }

    @Override
    protected void layoutChildren() {
        for (int i = 0; i < rules.size(); i++) {
            QuoteRule rule = rules.get(i);
            // Heights are not whole pixels. Neighbours overlap, or a seam would be visible.
            int bottom = rule.bottom() == 0 ? -MarkerNodes.OVERLAP : rule.bottom();
            getChildren()
                    .get(i)
                    .resizeRelocate(
                            rule.from(),
                            rule.top(),
                            MarkerNodes.RULE,
                            getHeight() - rule.top() - bottom);
        }
        if (marker != null) {
            marker.resizeRelocate(0, 0, getWidth(), getHeight());
        }
    }
}
