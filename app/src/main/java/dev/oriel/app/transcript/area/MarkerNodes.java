package dev.oriel.app.transcript.area;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.transcript.document.ParagraphStyle;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/// The nodes at the left of paragraphs: bullets and icons.
final class MarkerNodes {
    /// How far a paragraph without a space below it is drawn into the next one, pixels: the places
    /// of both are rounded.
    static final int OVERLAP = 2;

    /// The width of the rule at the left of a card or quote, pixels.
    static final int RULE = 3;

    private MarkerNodes() {}

    /// What is at the left of a paragraph; null if there is nothing, as for most.
    static @Nullable Node of(ParagraphStyle par) {
        Node marker = marker(par);
        return par.quotes().isEmpty() ? marker : new QuoteRules(par.quotes(), marker);
    }

    private static @Nullable Node marker(ParagraphStyle par) {
        return switch (par.marker()) {
            case null -> null;
            case ParagraphStyle.Marker.Bullet b -> {
                Text text = Controls.textNode(b.text());
                text.getStyleClass().addAll("text", "bullet");
                if (isQuiet(par)) {
                    text.getStyleClass().add("quiet");
                }
                // In a flow, as the paragraph is, so that both have the same baseline.
                TextFlow flow = new TextFlow(text);
                flow.getStyleClass().addAll("paragraph-text", "prose");
                // In large text a number is wider than its box; it must not be wrapped.
                flow.setMinWidth(Region.USE_PREF_SIZE);
                boolean right = par.isRightToLeft();
                // Lines of prose are 4 pixels apart, half of which is above the first one.
                int above = par.margin().top() + 2;
                yield box(
                        par,
                        b.width(),
                        right ? Pos.TOP_LEFT : Pos.TOP_RIGHT,
                        right ? new Insets(above, 0, 0, 8) : new Insets(above, 8, 0, 0),
                        right ? atTheRight(flow, b.width() + par.margin().left()) : flow);
            }
            case ParagraphStyle.Marker.Icon i -> {
                ParagraphStyle.Space p = par.padding();
                Insets insets =
                        new Insets(
                                par.margin().top() + p.top() + (isProse(par) ? 4 : 2),
                                0,
                                0,
                                par.margin().left() + (i.width() > 30 ? 14 : 0));
                HBox box = box(par, i.width(), Pos.TOP_LEFT, insets, new DecorativeIcon(i.icon()));
                box.getStyleClass().addAll(par.classes());
                box.setStyle(ruleInsets(par, i.width()));
                yield box;
            }
        };
    }

    /// Whether the text beside the marker is quiet, as in a quote.
    private static boolean isQuiet(ParagraphStyle par) {
        boolean quoted = par.classes().contains("quote") || par.classes().contains("quoted");
        return quoted && !par.classes().contains("alert");
    }

    /// The text is larger than that of tool calls, and so are the lines.
    private static boolean isProse(ParagraphStyle par) {
        return par.classes().contains("prose");
    }

    /// The area places the node of a paragraph at its left. From there it is translated to the
    /// right.
    private static Node atTheRight(TextFlow bullet, int width) {
        bullet.sceneProperty()
                .subscribe(_ -> {
                    Parent around =
                            bullet.getParent() == null ? null : bullet.getParent().getParent();
                    if (around instanceof QuoteRules) {
                        around = around.getParent();
                    }
                    if (around instanceof Region paragraph) {
                        bullet.translateXProperty().bind(paragraph.widthProperty().subtract(width));
                    }
                });
        return bullet;
    }

    private static HBox box(ParagraphStyle par, int width, Pos at, Insets padding, Node content) {
        HBox box = new HBox(content);
        box.getStyleClass().add("mark");
        box.setAlignment(at);
        box.setPadding(padding);
        int w = width + par.margin().left();
        box.setMinWidth(w);
        box.setPrefWidth(w);
        box.setMaxWidth(w);
        box.setMouseTransparent(true);
        return box;
    }

    /// The background insets of a marker as CSS: of the rule at its left, and of the layer beside
    /// it. They do not overlap, because the rule's colour would be visible at the edges of a box
    /// whose height is not whole pixels.
    ///
    /// @param width of the marker, pixels
    private static String ruleInsets(ParagraphStyle par, int width) {
        ParagraphStyle.Space m = par.margin();
        int bottom = m.bottom() == 0 ? -OVERLAP : m.bottom();
        return "-fx-background-insets: %s %s %s %s, %s %s %s %s;"
                .formatted(
                        m.top(),
                        width - RULE,
                        bottom,
                        m.left(),
                        m.top(),
                        m.right(),
                        bottom,
                        m.left() + RULE);
    }

    /// The background insets of the paragraph as CSS: of the lowest layer, and of layers above it
    /// that begin further right.
    ///
    /// @param starts where they begin, pixels from where the lowest one does
    static String insets(ParagraphStyle par, int... starts) {
        ParagraphStyle.Space m = par.margin();
        // Heights are not whole pixels. Neighbours overlap, or a seam would be visible.
        int bottom = m.bottom() == 0 ? -OVERLAP : m.bottom();
        String outer = "%s %s %s ".formatted(m.top(), m.right(), bottom);
        StringBuilder css = new StringBuilder("-fx-background-insets: " + outer + m.left());
        for (int start : starts) {
            css.append(", ").append(outer).append(m.left() + start);
        }
        return css.append(';').toString();
    }
}
