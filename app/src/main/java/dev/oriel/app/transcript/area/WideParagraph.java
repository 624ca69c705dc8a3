package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.WideLines;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.fxmisc.richtext.CaretNode;

/// One line of a group of [WideLines] on the screen: clipped at the column, with a shadow where the
/// text continues, and with the group's scroll bar if it is the last line.
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
    private final Region atLeft = shadow("left");
    private final Region atRight = shadow("right");
    private final Region bar = new Region();

    /// Where the text ends, pixels from its start.
    private double end;

    WideParagraph(TextFlow flow, ParagraphStyle par, WideLines group, WideScroll scroll) {
        this.flow = flow;
        this.par = par;
        this.group = group;
        this.scroll = scroll;
        flow.setClip(clip);
        LayoutProbe probe = new LayoutProbe();
        bar.getStyleClass().add("wide-bar");
        bar.setManaged(false);
        bar.setVisible(false);
        new BarDrag();
        flow.getChildren().addAll(probe, atLeft, atRight);
        if (group.last()) {
            flow.getChildren().add(bar);
        }
        flow.needsLayoutProperty()
                .addListener((_, _, needed) -> {
                    if (!needed) {
                        probe.requestLayout();
                    }
                });
        flow.layoutBoundsProperty().addListener((_, _, _) -> place());
        place();
    }

    private static Region shadow(String side) {
        Region shadow = new Region();
        shadow.getStyleClass().addAll("wide-shadow", side);
        shadow.setManaged(false);
        shadow.setMouseTransparent(true);
        shadow.setVisible(false);
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

    /// Puts the text where the group is scrolled to.
    void place() {
        ParagraphStyle.Space m = par.margin();
        ParagraphStyle.Space p = par.padding();
        double offset = Math.min(scroll.offset(group.id()), mostOffset());
        Insets now =
                new Insets(
                        m.top() + p.top(),
                        m.right() + p.right() + offset - WideScroll.UNWRAPPED,
                        m.bottom() + p.bottom(),
                        m.left() + p.left() - offset);
        if (!now.equals(flow.getPadding())) {
            flow.setPadding(now);
        }
        decorate(offset);
    }

    private void decorate(double offset) {
        ParagraphStyle.Space m = par.margin();
        double width = Math.max(0, flow.getWidth() - m.left() - m.right());
        double height = Math.max(0, flow.getHeight() - m.top() - m.bottom());
        clip.setX(m.left());
        clip.setWidth(width);
        // Backgrounds of neighbours overlap by one pixel.
        clip.setHeight(flow.getHeight() + 1);
        atLeft.resizeRelocate(m.left(), m.top(), SHADOW, height);
        atLeft.setVisible(offset > 0);
        atRight.resizeRelocate(m.left() + width - SHADOW, m.top(), SHADOW, height);
        atRight.setVisible(end - offset > room() + par.padding().right());
        double most = mostOffset();
        bar.setVisible(most > 0 && width > 2 * LEAST_BAR);
        if (bar.isVisible()) {
            double track = room();
            double length = Math.max(LEAST_BAR, track * track / (track + most));
            bar.resizeRelocate(
                    m.left() + par.padding().left() + (track - length) * offset / most,
                    m.top() + height - BAR_BELOW - BAR,
                    length,
                    BAR);
        }
    }

    private void laidOut() {
        double size = 0;
        end = 0;
        double start = flow.getInsets().getLeft();
        for (Node n : flow.getChildren()) {
            if (n.isManaged()) {
                end = Math.max(end, n.getBoundsInParent().getMaxX() - start);
                size = n instanceof Text text ? Math.max(size, text.getFont().getSize()) : size;
            }
        }
        scroll.laidOut(group.id(), end, size);
        decorate(Math.min(scroll.offset(group.id()), mostOffset()));
    }

    /// Is laid out after the text, whose positions are known then.
    private final class LayoutProbe extends Region {
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

        BarDrag() {
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
