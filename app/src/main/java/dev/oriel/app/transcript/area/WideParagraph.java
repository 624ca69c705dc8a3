package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.WideLines;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Background;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.TextFlow;
import org.fxmisc.richtext.CaretNode;
import org.jspecify.annotations.Nullable;

/// One line of a group of [WideLines] on the screen: clipped at the column, with a shadow where the
/// text continues, and with the group's scroll bar if it is the last line.
///
/// Most lines fit into the column. The style sheets take about as long for a shadow as for the text
/// of a line, so the nodes that only wide lines need are created when they are needed.
final class WideParagraph {
    /// Height of the scroll bar, and its distance from the lower edge of the background, pixels.
    private static final double BAR = 4;

    private static final double BAR_BELOW = 3;
    private static final double LEAST_BAR = 32;
    private static final double SHADOW = 12;

    private final TextFlow flow;
    private final ParagraphStyle par;
    private final WideLines group;
    private final WideScroll scroll;
    private final Rectangle clip = new Rectangle();
    private @Nullable Region atLeft;
    private @Nullable Region atRight;
    private @Nullable Region bar;

    /// The background where the paragraph itself is scrolled out of the column.
    private @Nullable Region backdrop;

    /// Where the text ends, pixels from its start.
    private double end;

    WideParagraph(TextFlow flow, ParagraphStyle par, WideLines group, WideScroll scroll) {
        this.flow = flow;
        this.par = par;
        this.group = group;
        this.scroll = scroll;
        flow.setClip(clip);
        ParagraphStyle.Space m = par.margin();
        ParagraphStyle.Space p = par.padding();
        flow.setPadding(
                new Insets(
                        m.top() + p.top(),
                        m.right() + p.right() - WideScroll.UNWRAPPED,
                        m.bottom() + p.bottom(),
                        m.left() + p.left()));
        LayoutProbe probe = new LayoutProbe();
        flow.getChildren().add(probe);
        flow.needsLayoutProperty()
                .addListener((_, _, needed) -> {
                    if (!needed) {
                        probe.requestLayout();
                    }
                });
        flow.layoutBoundsProperty().addListener((_, _, _) -> place());
        flow.backgroundProperty().addListener((_, _, _) -> place());
    }

    /// A node that is not a part of the text.
    private static Region decoration(String... styleClasses) {
        Region region = new Region();
        region.getStyleClass().addAll(styleClasses);
        region.setManaged(false);
        region.setMouseTransparent(true);
        return region;
    }

    /// Shows a shadow, or hides it.
    ///
    /// @param known null if it was never shown
    /// @return the shadow; null if it was never shown
    private @Nullable Region shadow(
            @Nullable Region known, String side, boolean shown, double x, double height) {
        Region shadow = known;
        if (shadow == null && shown) {
            shadow = decoration("wide-shadow", side);
            flow.getChildren().add(shadow);
        }
        if (shadow != null) {
            shadow.resizeRelocate(x, par.margin().top(), SHADOW, height);
            shadow.setVisible(shown);
        }
        return shadow;
    }

    WideLines group() {
        return group;
    }

    /// Room for text in the column, pixels.
    double room() {
        ParagraphStyle.Space m = par.margin();
        ParagraphStyle.Space p = par.padding();
        return Math.max(0, flow.getWidth() - m.left() - m.right() - p.left() - p.right());
    }

    double mostOffset() {
        return Math.max(0, Math.ceil(scroll.width(group) - room()));
    }

    boolean isScrollable() {
        return mostOffset() > 0;
    }

    /// Bounds on the screen as bounds in the text, whose left edge is 0.
    @Nullable Bounds fromScreen(Bounds onScreen) {
        Bounds own = flow.screenToLocal(onScreen);
        return own == null
                ? null
                : new BoundingBox(
                        own.getMinX() - flow.getInsets().getLeft(),
                        own.getMinY(),
                        own.getWidth(),
                        own.getHeight());
    }

    /// Where the caret is, pixels from the start of the text; negative if it is not in this line.
    double caretX() {
        for (Node n : flow.getChildren()) {
            if (n instanceof CaretNode caret) {
                return Math.max(
                        0, caret.getBoundsInParent().getCenterX() - flow.getInsets().getLeft());
            }
        }
        return -1;
    }

    /// Puts the text where the group is scrolled to. The paragraph itself is moved, so that it need
    /// not be laid out again; what stays in place is moved back.
    void place() {
        ParagraphStyle.Space m = par.margin();
        double offset = Math.min(scroll.offset(group.id()), mostOffset());
        double width = Math.max(0, flow.getWidth() - m.left() - m.right());
        if (group.width() > 0) {
            width = Math.min(width, Math.ceil(group.width()) + par.padding().left());
        }
        double height = Math.max(0, flow.getHeight() - m.top() - m.bottom());
        double left = m.left() + offset;
        flow.setTranslateX(-offset);
        double round = bottomRadius();
        // Backgrounds of neighbours overlap by one pixel. Only lower corners are round.
        clip.setX(left);
        clip.setY(-2 * round);
        clip.setWidth(width);
        clip.setHeight(2 * round + (round > 0 ? m.top() + height : flow.getHeight() + 1));
        clip.setArcWidth(2 * round);
        clip.setArcHeight(2 * round);
        placeBackdrop(m.left() + m.right() + 2 * round, offset);
        atLeft = shadow(atLeft, "left", offset > 0, left, height);
        boolean continues = end - offset > room() + par.padding().right();
        atRight = shadow(atRight, "right", continues, left + width - SHADOW, height);
        placeBar(left + par.padding().left(), m.top() + height, offset);
    }

    /// @param more how far before the end of the paragraph its background ends, or before its round
    ///   corner
    private void placeBackdrop(double more, double offset) {
        if (backdrop == null && offset > 0) {
            backdrop = decoration();
            backdrop.backgroundProperty().bind(flow.backgroundProperty());
            backdrop.borderProperty().bind(flow.borderProperty());
            flow.getChildren().addFirst(backdrop);
        }
        if (backdrop != null) {
            backdrop.resizeRelocate(flow.getWidth() - more, 0, offset + more, flow.getHeight());
            backdrop.setVisible(offset > 0);
        }
    }

    private double bottomRadius() {
        Background background = flow.getBackground();
        return background == null || background.getFills().isEmpty()
                ? 0
                : background.getFills().getFirst().getRadii().getBottomLeftHorizontalRadius();
    }

    private void placeBar(double left, double bottom, double offset) {
        double most = mostOffset();
        double track = room();
        boolean shown = group.last() && most > 0 && track > 2 * LEAST_BAR;
        if (bar == null && shown) {
            bar = decoration("wide-bar");
            bar.setMouseTransparent(false);
            new BarDrag(bar);
            flow.getChildren().add(bar);
        }
        if (bar != null) {
            bar.setVisible(shown);
        }
        if (bar != null && shown) {
            double length = Math.max(LEAST_BAR, track * track / (track + most));
            bar.resizeRelocate(
                    left + (track - length) * offset / most, bottom - BAR_BELOW - BAR, length, BAR);
        }
    }

    private void laidOut() {
        end = 0;
        double start = flow.getInsets().getLeft();
        for (Node n : flow.getChildren()) {
            if (n.isManaged()) {
                end = Math.max(end, n.getBoundsInParent().getMaxX() - start);
            }
        }
        scroll.laidOut(group, end);
        place();
    }

    /// Is laid out after the text, whose positions are known then.
    private final class LayoutProbe extends Parent {
        LayoutProbe() {
            setManaged(false);
            setMouseTransparent(true);
        }

        @Override
        protected void layoutChildren() {
            laidOut();
        }
    }

    /// Moves the scroll bar with the mouse.
    private final class BarDrag {
        private double pressedX;
        private double pressedOffset;

        BarDrag(Region bar) {
            bar.addEventHandler(
                    MouseEvent.MOUSE_PRESSED,
                    e -> {
                        pressedX = e.getSceneX();
                        pressedOffset = scroll.offset(group.id());
                        e.consume();
                    });
            bar.addEventHandler(
                    MouseEvent.MOUSE_DRAGGED,
                    e -> {
                        double free = room() - bar.getWidth();
                        double moved = e.getSceneX() - pressedX;
                        if (free > 0) {
                            scroll.scrollTo(
                                    WideParagraph.this,
                                    pressedOffset + moved * mostOffset() / free);
                        }
                        e.consume();
                    });
            bar.addEventHandler(MouseEvent.ANY, MouseEvent::consume);
        }
    }
}
