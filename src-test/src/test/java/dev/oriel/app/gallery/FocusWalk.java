package dev.oriel.app.gallery;

import dev.oriel.app.TestWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.RadioButton;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import org.fxmisc.richtext.GenericStyledArea;
import org.jspecify.annotations.Nullable;

/// Presses Tab in a window until the focus is where it was before, and reports the controls that it
/// does not reach, and those at which nothing shows that they have the focus.
final class FocusWalk {
    /// The least contrast between a control with and without the focus (WCAG 2.2, 1.4.11).
    private static final double LEAST_CONTRAST = 3;

    /// The most pixels that a ring needs, whatever the width of its control.
    private static final double LEAST_PIXELS = 100;

    /// More links than the texts of a window have in sight.
    private static final int MOST_STOPS = 300;

    /// How far a ring may be from its control, pixels.
    private static final int AROUND = 9;

    private final TestWindow window;
    private final Set<Node> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> faults = new ArrayList<>();

    private FocusWalk(TestWindow window) {
        this.window = window;
    }

    /// @return the faults; empty if there is none
    static List<String> of(TestWindow window) {
        FocusWalk walk = new FocusWalk(window);
        walk.walk();
        return List.copyOf(walk.faults);
    }

    private void walk() {
        Scene scene = window.stage().getScene();
        Set<Node> all = TestWindow.on(() -> focusable(scope(scene)));
        Node last = null;
        WritableImage lastPicture = null;
        Bounds lastPlace = null;
        int stops = 0;
        for (int i = 0; i < 2 * all.size() + 10; i++) {
            Node before = owner(scene);
            Object at = stop(before);
            window.type(KeyCode.TAB);
            Node now = owner(scene);
            if (now != null && now.equals(before) && !stop(now).equals(at)) {
                // Tab goes from one link of a text to the next one.
                if (++stops > MOST_STOPS) {
                    faults.add("Tab does not leave " + PageAudit.words(now));
                    break;
                }
                i--;
                continue;
            }
            if (now != null && all.equals(Set.of(now))) {
                return;
            }
            if (now == null || now.equals(before)) {
                faults.add("Tab leads nowhere from " + (now == null ? "" : PageAudit.words(now)));
                break;
            }
            if (last != null && lastPicture != null && lastPlace != null) {
                compare(scene, last, lastPlace, lastPicture);
            }
            if (!reached.add(now)) {
                break;
            }
            last = now;
            lastPlace = TestWindow.on(() -> place(now));
            Bounds place = lastPlace;
            lastPicture = TestWindow.on(() -> picture(scene, place));
        }
        for (Node node : TestWindow.on(() -> focusable(scope(scene)))) {
            if (all.contains(node) && !reached.contains(node) && !isInReachedGroup(node)) {
                faults.add("Tab does not reach " + TestWindow.on(() -> PageAudit.words(node)));
            }
        }
    }

    /// The arrow keys move the focus in a group of radio buttons, and Tab may visit one of them.
    private boolean isInReachedGroup(Node node) {
        return node instanceof RadioButton button
                && button.getToggleGroup() != null
                && button.getToggleGroup().getToggles().stream()
                        .anyMatch(t -> t instanceof Node other && reached.contains(other));
    }

    /// The link of a text that has the focus.
    private static Object stop(@Nullable Node node) {
        return node instanceof GenericStyledArea<?, ?, ?> text
                ? TestWindow.on(() -> List.of(text.getCurrentParagraph(), text.getSelection()))
                : List.of();
    }

    private static @Nullable Node owner(Scene scene) {
        return TestWindow.on(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            return scene.getFocusOwner();
        });
    }

    /// What is compared belongs to one place: the control may have scrolled since.
    private void compare(Scene scene, Node node, Bounds place, WritableImage focused) {
        boolean stays = TestWindow.on(() -> node.getScene() != null && place(node).equals(place));
        if (!stays || place.getWidth() < 1 || place.getHeight() < 1) {
            return;
        }
        WritableImage without = TestWindow.on(() -> picture(scene, place));
        int changed = 0;
        for (int y = 0; y < (int) focused.getHeight(); y++) {
            for (int x = 0; x < (int) focused.getWidth(); x++) {
                Color a = focused.getPixelReader().getColor(x, y);
                Color b = without.getPixelReader().getColor(x, y);
                if (!a.equals(b) && PageAudit.contrast(a, b) >= LEAST_CONTRAST) {
                    changed++;
                }
            }
        }
        // Around a text there is a ring of its own, which belongs to the view of the text.
        boolean control = !(node instanceof GenericStyledArea<?, ?, ?>);
        double least = Math.min(node.getLayoutBounds().getWidth(), LEAST_PIXELS);
        if (control && changed < least) {
            faults.add(
                    "%d pixels show the focus of %s"
                            .formatted(changed, TestWindow.on(() -> PageAudit.words(node))));
        }
    }

    /// The part of a node that is in the window.
    private static Bounds place(Node node) {
        Bounds b = node.localToScene(node.getLayoutBounds());
        double x = Math.max(0, Math.floor(b.getMinX()) - AROUND);
        double y = Math.max(0, Math.floor(b.getMinY()) - AROUND);
        double right = Math.min(node.getScene().getWidth(), Math.ceil(b.getMaxX()) + AROUND);
        double bottom = Math.min(node.getScene().getHeight(), Math.ceil(b.getMaxY()) + AROUND);
        return new BoundingBox(x, y, Math.max(0, right - x), Math.max(0, bottom - y));
    }

    private static WritableImage picture(Scene scene, Bounds b) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setViewport(
                new Rectangle2D(
                        b.getMinX(),
                        b.getMinY(),
                        Math.max(1, b.getWidth()),
                        Math.max(1, b.getHeight())));
        return scene.getRoot().snapshot(parameters, null);
    }

    /// The overlay if one is open, else all of the window.
    private static Node scope(Scene scene) {
        Node overlay = scene.lookup("#sheets");
        return overlay != null && overlay.isVisible() ? overlay : scene.getRoot();
    }

    private static Set<Node> focusable(Node root) {
        Set<Node> all = Collections.newSetFromMap(new IdentityHashMap<>());
        add(root, all);
        return all;
    }

    private static void add(Node node, Set<Node> all) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable()) {
            all.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> add(child, all));
        }
    }
}
