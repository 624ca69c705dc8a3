package dev.oriel.app.transcript.area;

import dev.oriel.app.transcript.document.ParagraphStyle;
import java.lang.ref.WeakReference;
import java.util.IdentityHashMap;
import javafx.scene.Node;
import org.fxmisc.richtext.model.Paragraph;
import org.jspecify.annotations.Nullable;

/// The markers of the paragraphs that are laid out.
///
/// The area asks for the marker of a paragraph again whenever its index changes, as that of all in
/// sight does when something is added above them. A paragraph then keeps its node, because styling
/// a new one takes longer than all other work of such a frame. Belongs to the JavaFX thread.
final class ParagraphMarkers {
    /// More than are laid out in a high window.
    static final int MOST_KEPT = 256;

    /// A node refers to the whole cell that it was in, so none is kept for its own sake.
    private final IdentityHashMap<Paragraph<ParagraphStyle, ?, ?>, WeakReference<Node>> nodes =
            new IdentityHashMap<>();

    /// What is at the left of a paragraph; null if there is nothing.
    @Nullable Node of(Paragraph<ParagraphStyle, ?, ?> paragraph) {
        WeakReference<Node> known = nodes.get(paragraph);
        if (known != null && isLaidOut(known)) {
            return known.get();
        }
        Node made = MarkerNodes.of(paragraph.getParagraphStyle());
        if (made != null) {
            if (nodes.size() >= MOST_KEPT) {
                nodes.values().removeIf(n -> !isLaidOut(n));
            }
            if (nodes.size() >= MOST_KEPT) {
                nodes.clear();
            }
            nodes.put(paragraph, new WeakReference<>(made));
        }
        return made;
    }

    private static boolean isLaidOut(WeakReference<Node> node) {
        Node n = node.get();
        return n != null && n.getScene() != null;
    }
}
