package dev.oriel.app.transcript.area;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.EmojiFont;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.Embedded;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.util.Duration;
import org.fxmisc.flowless.VirtualFlow;
import org.fxmisc.richtext.Caret.CaretVisibility;
import org.fxmisc.richtext.GenericStyledArea;
import org.fxmisc.richtext.StyledTextArea;
import org.fxmisc.richtext.TextExt;
import org.fxmisc.richtext.model.GenericEditableStyledDocument;
import org.fxmisc.richtext.model.StyledSegment;
import org.fxmisc.richtext.util.UndoUtils;
import org.jspecify.annotations.Nullable;
import org.reactfx.value.Val;
import org.reactfx.value.Var;

/// The area that shows the document: read-only, virtualised, one column of text.
public final class TranscriptArea extends GenericStyledArea<ParagraphStyle, String, TextStyle> {
    /// The insets that the style sheet has. A style of its own would cost each node more time.
    static final String USUAL_INSETS = MarkerNodes.insets(ParagraphStyle.PLAIN, MarkerNodes.RULE);

    private final TextAccessibility aloud = new TextAccessibility(this);
    private final ParagraphMarkers markers = new ParagraphMarkers();
    private final WideScroll wide;

    /// Null in the constructor of the superclass.
    private final @Nullable SettledEstimates estimates;

    /// @param embedded makes the nodes of what is embedded in the text
    public TranscriptArea(EmbeddedNodes embedded) {
        this(embedded, new WideScroll());
    }

    private TranscriptArea(EmbeddedNodes embedded, WideScroll wide) {
        super(
                ParagraphStyle.PLAIN,
                (flow, par) -> applyStyle(flow, par, wide),
                TextStyle.PLAIN,
                new GenericEditableStyledDocument<>(
                        ParagraphStyle.PLAIN, TextStyle.PLAIN, BlockBuilder.OPS),
                BlockBuilder.OPS,
                false,
                segment -> node(segment, embedded));
        this.wide = wide;
        estimates = new SettledEstimates(this, flow());
        wide.start(this);
        setUndoManager(UndoUtils.noOpUndoManager());
        setEditable(false);
        setWrapText(true);
        setId("transcript");
        getStyleClass().add("transcript");
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setParagraphGraphicFactory(this::mark);
        // A blinking caret would keep a timer running.
        getCaretSelectionBind().getUnderlyingCaret().setBlinkRate(Duration.ZERO);
        setShowCaret(CaretVisibility.OFF);
        caretPositionProperty()
                .addListener((_, _, _) ->
                        notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTION_START));
        selectionProperty()
                .addListener((_, _, _) ->
                        notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTION_END));
    }

    private static Node node(StyledSegment<String, TextStyle> segment, EmbeddedNodes embedded) {
        Embedded what = segment.getStyle().embedded();
        return what == null
                ? StyledTextArea.createStyledTextNode(segment, TranscriptArea::applyStyle)
                : embedded.create(what);
    }

    /// The text changed.
    ///
    /// @param whole whether it is complete; while it grows, screen readers are not notified
    public void textChanged(boolean whole) {
        aloud.textChanged();
        if (whole) {
            notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        }
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        Object answer = aloud.query(attribute, parameters);
        return answer == null ? super.queryAccessibleAttribute(attribute, parameters) : answer;
    }

    /// Width of one character of code, pixels.
    ///
    /// @param font of code
    public static double codeWidth(Font font) {
        Text sample = Controls.textNode("0000000000");
        sample.setFont(font);
        return sample.getLayoutBounds().getWidth() / 10;
    }

    /// Scrolls lines that are wider than the column.
    public WideScroll wide() {
        return wide;
    }

    private static void applyStyle(TextFlow flow, ParagraphStyle par, WideScroll wide) {
        flow.getProperties().put(ParagraphStyle.class, par);
        flow.getStyleClass().setAll("paragraph-text");
        flow.getStyleClass().addAll(par.classes());
        ParagraphStyle.Space m = par.margin();
        ParagraphStyle.Space p = par.padding();
        flow.setPadding(
                new Insets(
                        m.top() + p.top(),
                        m.right() + p.right(),
                        m.bottom() + p.bottom(),
                        // A marker is to the right of the margin.
                        (par.marker() == null ? m.left() : 0) + p.left()));
        boolean marked = par.marker() instanceof ParagraphStyle.Marker.Icon;
        if (marked) {
            flow.getStyleClass().add("marked");
        }
        String insets =
                MarkerNodes.insets(
                        par.marker() == null ? par : par.withLeftMargin(0), marked ? 0 : 3);
        if (!insets.equals(USUAL_INSETS)) {
            flow.setStyle(insets);
        }
        TabStops.apply(flow, par);
        flow.setCursor(par.action() == null ? null : Cursor.HAND);
        wide.apply(flow, par);
    }

    private static void applyStyle(TextExt text, TextStyle ink) {
        for (String styleClass : ink.classes()) {
            switch (styleClass) {
                case EmojiFont.STYLE_CLASS -> EmojiFont.apply(text);
                case TextStyle.TAB -> TabStops.apply(text);
                case SplitBackground.CLASS -> SplitBackground.apply(text);
                case TextStyle.LEFT_TO_RIGHT -> text.setText("\u200e");
                case TextStyle.FROM_RIGHT -> text.setText("\u202b");
                case TextStyle.FROM_RIGHT_END -> text.setText("\u202c");
                default -> text.getStyleClass().add(styleClass);
            }
        }
        if (!ink.css().isEmpty()) {
            text.setStyle(ink.css());
        }
        if (ink.action() != null) {
            text.setCursor(Cursor.HAND);
        }
        String target = ClickTarget.of(ink.action());
        if (!target.isEmpty()) {
            Tooltip.install(text, Controls.tooltip(target));
        }
    }

    private @Nullable Node mark(int paragraph) {
        return paragraph >= getParagraphs().size() ? null : markers.of(getParagraph(paragraph));
    }

    /// The flow inside the area, which has more exact positions than the area.
    public VirtualFlow<?, ?> flow() {
        for (Node n : getChildrenUnmodifiable()) {
            if (n instanceof VirtualFlow<?, ?> f) {
                return f;
            }
        }
        throw new IllegalStateException("an area has a flow");
    }

    /// The offset of a paragraph's upper edge from the upper edge of the visible part, pixels;
    /// empty if the paragraph is not visible.
    public Optional<Double> topOf(int paragraph) {
        return flow().getCellIfVisible(paragraph)
                .map(c -> c.getNode().getBoundsInParent().getMinY());
    }

    @Override
    public Val<Double> totalWidthEstimateProperty() {
        return estimates == null ? super.totalWidthEstimateProperty() : estimates.width();
    }

    /// Settles after the layout of a frame; [#getTotalHeightEstimate()] is exact at any time.
    @Override
    public Val<Double> totalHeightEstimateProperty() {
        return estimates == null ? super.totalHeightEstimateProperty() : estimates.height();
    }

    @Override
    public double getTotalHeightEstimate() {
        return super.totalHeightEstimateProperty().getOrElse(0.0);
    }

    /// Settles after the layout of a frame; [#getEstimatedScrollY()] is exact at any time.
    @Override
    public Var<Double> estimatedScrollYProperty() {
        return estimates == null ? super.estimatedScrollYProperty() : estimates.scrollY();
    }

    @Override
    public double getEstimatedScrollY() {
        return super.estimatedScrollYProperty().getValue();
    }

    public int firstVisible() {
        return Math.max(0, flow().getFirstVisibleIndex());
    }

    public int lastVisible() {
        return Math.max(0, flow().getLastVisibleIndex());
    }

    /// Copies the selection as it looks: with bullets, and with lines joined that were cut for
    /// their length.
    @Override
    public void copy() {
        if (getSelection().getLength() > 0) {
            copyToClipboard(SelectionText.of(getContent(), getSelection()));
        }
    }

    public void copyToClipboard(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
