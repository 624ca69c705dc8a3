package dev.oriel.app.keyboard;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// The parts of the window between which F6 moves the focus, in the order of the page.
public final class FocusRegions {
    private final List<FocusRegion> all;

    /// A part of the window.
    ///
    /// @param root all of it
    /// @param firstFocus where the focus goes in it; null if it is not there now
    public record FocusRegion(Node root, Supplier<@Nullable Node> firstFocus) {}

    public FocusRegions(List<FocusRegion> all) {
        this.all = List.copyOf(all);
    }

    /// From the part that has the focus to the next one, or to the one before.
    ///
    /// @param by 1 or -1
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
                first.requestFocus();
                return;
            }
        }
    }

    public static boolean contains(Node whole, @Nullable Node part) {
        for (Node n = part; n != null; n = n.getParent()) {
            if (n.equals(whole)) {
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

    /// The first control in a part that takes the focus.
    public static Optional<Node> firstFocusable(Node part) {
        if (!part.isVisible() || part.isDisabled()) {
            return Optional.empty();
        }
        if (part.isFocusTraversable()) {
            return Optional.of(part);
        }
        return part instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream()
                        .map(FocusRegions::firstFocusable)
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }
}
