package dev.oriel.app.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// The parts of the window between which F6 moves the focus, in the order of the page.
final class Areas {
    private final List<Area> all;

    /// A part of the window.
    ///
    /// @param whole all of it
    /// @param first where the focus goes in it; null if it is not there now
    record Area(Node whole, Supplier<@Nullable Node> first) {}

    Areas(List<Area> all) {
        this.all = List.copyOf(all);
    }

    /// From the part that has the focus to the next one, or to the one before.
    ///
    /// @param by 1 or -1
    void move(@Nullable Node focused, int by) {
        int at = by > 0 ? -1 : 0;
        for (int i = 0; i < all.size(); i++) {
            if (holds(all.get(i).whole(), focused)) {
                at = i;
            }
        }
        for (int step = 1; step <= all.size(); step++) {
            Area next = all.get(Math.floorMod(at + by * step, all.size()));
            Node first = isShown(next.whole()) ? next.first().get() : null;
            if (first != null) {
                first.requestFocus();
                return;
            }
        }
    }

    static boolean holds(Node whole, @Nullable Node part) {
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
    static Optional<Node> firstIn(Node part) {
        if (!part.isVisible() || part.isDisabled()) {
            return Optional.empty();
        }
        if (part.isFocusTraversable()) {
            return Optional.of(part);
        }
        return part instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream()
                        .map(Areas::firstIn)
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }
}
