package dev.oriel.app.keyboard;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The regions of the window between which F6 moves the focus, in their order on the screen.
public final class FocusRegions {
    /// The state of what has the focus because of the keyboard, though not because of Tab.
    static final PseudoClass REACHED = PseudoClass.getPseudoClass("reached");

    private final List<FocusRegion> all;

    /// A region of the window.
    ///
    /// @param root contains all its nodes
    /// @param firstFocus supplies the node that gets the focus; null if the region takes none now
    public record FocusRegion(Node root, Supplier<@Nullable Node> firstFocus) {}

    public FocusRegions(List<FocusRegion> all) {
        this.all = List.copyOf(all);
    }

    /// Moves the focus to the next region that takes it, or to the previous one.
    ///
    /// @param focused what has the focus now
    /// @param by 1 for the next, -1 for the previous
    public void move(@Nullable Node focused, int by) {
        int at = by > 0 ? -1 : 0;
        for (int i = 0; i < all.size(); i++) {
            if (contains(all.get(i).root(), focused)) {
                at = i;
            }
        }
        for (int step = 1; step <= all.size(); step++) {
            FocusRegion next = all.get(Math.floorMod(at + by * step, all.size()));
            Node first = isShown(next.root()) ? next.firstFocus().get() : null;
            if (first != null) {
                focusVisibly(first);
                return;
            }
        }
    }

    /// Moves the focus to a node as the keyboard does: what it is on is marked.
    public static void focusVisibly(Node node) {
        node.requestFocus();
        markUntilLeft(node);
    }

    /// Shows where the focus is: JavaFX marks only what was reached with Tab as `focus-visible`.
    private static void markUntilLeft(Node node) {
        node.pseudoClassStateChanged(REACHED, true);
        Subscription[] end = {Subscription.EMPTY};
        end[0] =
                node.focusedProperty()
                        .subscribe(on -> {
                            if (!on) {
                                node.pseudoClassStateChanged(REACHED, false);
                                end[0].unsubscribe();
                            }
                        });
    }

    /// Whether a node is the root or below it.
    public static boolean contains(Node root, @Nullable Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n.equals(root)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isShown(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return node.getScene() != null;
    }

    /// The first control below a node that takes the focus.
    public static Optional<Node> firstFocusable(Node root) {
        return focusable(root).findFirst();
    }

    /// The last control below a node that takes the focus.
    public static Optional<Node> lastFocusable(Node root) {
        return focusable(root).reduce((_, last) -> last);
    }

    private static Stream<Node> focusable(Node root) {
        if (!root.isVisible() || root.isDisabled()) {
            return Stream.empty();
        }
        if (root.isFocusTraversable()) {
            return Stream.of(root);
        }
        return root instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream().flatMap(FocusRegions::focusable)
                : Stream.empty();
    }
}
