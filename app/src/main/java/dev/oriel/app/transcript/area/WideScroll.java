package dev.oriel.app.transcript.area;

import dev.oriel.app.fx.LayoutPulses;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.WideLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ObservableList;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.ScrollEvent;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/// Scrolls groups of lines that are wider than the column of text.
///
/// RichTextFX wraps all paragraphs or none. So the paragraphs of a group get a padding at the right
/// that leaves them [#UNWRAPPED] pixels of room, are clipped at the column, and are moved to the
/// left to scroll them. They stay ordinary text of the area: selection, copy, hit tests and screen
/// readers see nothing of it. Belongs to the JavaFX thread.
public final class WideScroll {
    /// The width at which a line of a group would be wrapped, pixels. No line is so wide.
    static final double UNWRAPPED = 200_000;

    /// How far one key press scrolls, pixels.
    public static final double STEP = 80;

    /// Room that stays visible beside the caret, pixels.
    private static final double AROUND_CARET = 32;

    private static final int MOST_GROUPS = 512;

    private final Map<String, State> states = new LinkedHashMap<>();
    private @Nullable TranscriptArea area;
    private boolean caretMoved;

    /// Whether an update is due after the next layout. Before it, what is in sight is not known
    /// without a layout of its own.
    private boolean updateDue;

    /// How a group is scrolled.
    private static final class State {
        double offset;

        /// The greatest width of a line that was laid out.
        double laidOutWidth;
    }

    /// Begins to scroll the lines of an area. It is called once, after the area was created with
    /// this as the style of its paragraphs.
    void start(TranscriptArea area) {
        this.area = area;
        area.addEventFilter(
                ScrollEvent.SCROLL,
                e -> {
                    double delta = sidewaysDelta(e);
                    WideParagraph over = delta == 0 ? null : at(e.getTarget());
                    if (over != null && over.isScrollable()) {
                        scrollBy(over, -delta);
                        e.consume();
                    }
                });
        area.sceneProperty().subscribe(_ -> updateDue = false);
        area.caretPositionProperty()
                .addListener((_, _, _) -> {
                    caretMoved = true;
                    requestUpdate();
                });
    }

    /// How far a turn of the wheel or a gesture scrolls sideways, pixels; 0 if it scrolls up or
    /// down.
    public static double sidewaysDelta(ScrollEvent e) {
        double x = e.getDeltaX();
        double y = e.getDeltaY();
        if (e.isShiftDown()) {
            return x == 0 ? y : x;
        }
        return Math.abs(x) > Math.abs(y) ? x : 0;
    }

    /// Prepares the paragraph if it belongs to a group.
    void apply(TextFlow flow, ParagraphStyle par) {
        if (par.wide() != null) {
            flow.getProperties()
                    .put(WideParagraph.class, new WideParagraph(flow, par, par.wide(), this));
        }
    }

    double offset(String id) {
        State state = states.get(id);
        return state == null ? 0 : state.offset;
    }

    /// The width of the widest line of a group, pixels, as far as it is known.
    double width(WideLines group) {
        State state = states.get(group.id());
        return Math.max(group.width(), state == null ? 0 : state.laidOutWidth);
    }

    /// A line of a group was laid out.
    void laidOut(WideLines group, double width) {
        State state = state(group.id());
        if (width > state.laidOutWidth) {
            boolean wider = width > width(group);
            state.laidOutWidth = width;
            if (wider) {
                requestUpdate();
            }
        }
    }

    /// The fonts changed: all widths are to be measured again.
    public void forgetWidths() {
        states.values().forEach(s -> s.laidOutWidth = 0);
    }

    private State state(String id) {
        State known = states.get(id);
        if (known == null) {
            known = new State();
            if (states.size() >= MOST_GROUPS) {
                states.remove(states.keySet().iterator().next());
            }
            states.put(id, known);
        }
        return known;
    }

    /// Scrolls a group to the right, or to the left if the distance is negative.
    void scrollBy(WideParagraph line, double pixels) {
        scrollTo(line, offset(line.group().id()) + pixels);
    }

    /// Scrolls a group to an offset from its left edge.
    void scrollTo(WideParagraph line, double offset) {
        State state = state(line.group().id());
        double next = Math.clamp(offset, 0, line.mostOffset());
        if (next != state.offset) {
            state.offset = next;
            visible().stream()
                    .filter(p -> p.group().id().equals(line.group().id()))
                    .forEach(WideParagraph::place);
        }
    }

    /// Scrolls the group at the caret; if there is none that can be scrolled, the first one in
    /// sight.
    ///
    /// @return whether there is a group in sight that can be scrolled
    public boolean scrollBy(double pixels) {
        @Nullable WideParagraph found = null;
        for (WideParagraph line : visible()) {
            if (line.isScrollable() && (found == null || line.caretX() >= 0)) {
                found = line;
            }
        }
        if (found != null) {
            scrollBy(found, pixels);
        }
        return found != null;
    }

    /// Scrolls sideways until a part of a paragraph is in sight.
    ///
    /// @return false if the paragraph is not laid out yet
    public boolean show(int paragraph, int start, int end) {
        TranscriptArea in = area;
        WideParagraph line =
                in == null
                        ? null
                        : in.flow()
                                .getCellIfVisible(paragraph)
                                .map(cell -> in(cell.getNode()))
                                .orElse(null);
        if (in == null || line == null) {
            return false;
        }
        int from = in.getAbsolutePosition(paragraph, start);
        Optional<Bounds> range = in.getCharacterBoundsOnScreen(from, from + end - start);
        range.map(line::fromScreen).ifPresent(b -> showX(line, b.getMinX(), b.getMaxX()));
        return range.isPresent();
    }

    private void requestUpdate() {
        Scene scene = area == null ? null : area.getScene();
        if (!updateDue && scene != null) {
            updateDue = true;
            LayoutPulses.runAfter(scene, 1, this::update);
        }
    }

    private void update() {
        updateDue = false;
        for (WideParagraph line : visible()) {
            double x = caretMoved ? line.caretX() : -1;
            if (x >= 0) {
                caretMoved = false;
                showX(line, x, x);
            }
            if (offset(line.group().id()) > line.mostOffset()) {
                scrollTo(line, line.mostOffset());
            }
            line.place();
        }
        caretMoved = false;
    }

    /// Shows a range, or its start if it is wider than the column.
    private void showX(WideParagraph line, double from, double to) {
        double offset = offset(line.group().id());
        double room = line.room();
        double around = Math.min(AROUND_CARET, room / 4);
        if (from < offset + (offset > 0 ? around : 0)) {
            scrollTo(line, to <= room - around ? 0 : from - around);
        } else if (to > offset + room) {
            scrollTo(line, Math.min(to - room + around, from - around));
        }
    }

    private List<WideParagraph> visible() {
        List<WideParagraph> lines = new ArrayList<>();
        if (area == null) {
            return lines;
        }
        ObservableList<? extends org.fxmisc.flowless.Cell<?, ?>> cells = area.flow().visibleCells();
        for (org.fxmisc.flowless.Cell<?, ?> cell : cells) {
            WideParagraph line = in(cell.getNode());
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private @Nullable WideParagraph at(Object target) {
        for (Node n = target instanceof Node t ? t : null; n != null && n != area; ) {
            WideParagraph line = in(n);
            if (line != null) {
                return line;
            }
            n = n.getParent();
        }
        return null;
    }

    /// The line that a node of the area or one of its children shows.
    private static @Nullable WideParagraph in(Node node) {
        if (node.hasProperties()
                && node.getProperties().get(WideParagraph.class) instanceof WideParagraph line) {
            return line;
        }
        if (node instanceof Parent box && !(node instanceof TextFlow)) {
            for (Node child : box.getChildrenUnmodifiable()) {
                if (child instanceof TextFlow
                        && child.hasProperties()
                        && child.getProperties().get(WideParagraph.class)
                                instanceof WideParagraph line) {
                    return line;
                }
            }
        }
        return null;
    }
}
