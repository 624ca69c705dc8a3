package dev.oriel.app.overlay;

import atlantafx.base.controls.ModalPane;
import dev.oriel.app.keyboard.FocusRegions;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// What slides or floats over the window: panels from the right, questions in the middle. One at a
/// time; Esc or a click beside it closes it, and the focus goes to where one writes.
public final class Overlays {
    private static final Duration MOTION = Duration.millis(120);

    private final ModalPane pane = new ModalPane();
    private boolean still;
    private @Nullable Node before;
    private Runnable closed = () -> {};

    public Overlays() {
        pane.setId("sheets");
        pane.setFocusTraversable(false);
        // The keyboard stays in what floats until it is closed.
        pane.sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        scene.focusOwnerProperty().subscribe(this::keepFocus);
                    }
                });
        pane.displayProperty()
                .subscribe(shown -> {
                    if (!shown) {
                        // What is not seen must not go on working.
                        pane.setContent(null);
                        Node back = before;
                        before = null;
                        if (back instanceof TextInputControl) {
                            back.requestFocus();
                        } else {
                            closed.run();
                        }
                    }
                });
    }

    /// Slides in from the right.
    public void showSide(Region panel) {
        pane.setAlignment(Pos.TOP_RIGHT);
        if (!still) {
            pane.usePredefinedTransitionFactories(Side.RIGHT, MOTION, MOTION);
        }
        // A low window, or large text: it scrolls.
        ScrollPane scroll = new ScrollPane(panel);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        scroll.setAccessibleText(panel.getAccessibleText());
        scroll.getStyleClass().add("panel-scroll");
        show(scroll);
    }

    /// Stands in the middle.
    public void showCentered(Region card) {
        pane.setAlignment(Pos.CENTER);
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        show(card);
    }

    private void show(Region content) {
        Node focused = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
        if (!pane.isDisplay()) {
            before = focused;
        }
        content.setAccessibleRole(AccessibleRole.DIALOG);
        pane.show(content);
        FocusRegions.firstFocusable(content).ifPresent(Node::requestFocus);
    }

    private void keepFocus(@Nullable Node focused) {
        Node content = pane.getContent();
        if (pane.isDisplay() && content != null && !FocusRegions.contains(content, focused)) {
            FocusRegions.firstFocusable(content).ifPresent(Node::requestFocus);
        }
    }

    /// @param then gives the focus to where one writes; called when something was closed that did
    ///   not come up while the user wrote elsewhere
    public void onClosed(Runnable then) {
        closed = then;
    }

    public void close() {
        pane.hide();
    }

    public boolean isShowing() {
        return pane.isDisplay();
    }

    /// Without motion from now on, or with it.
    public void setReducedMotion(boolean reduced) {
        still = reduced;
        if (reduced) {
            pane.setInTransitionFactory(null);
            pane.setOutTransitionFactory(null);
        }
    }

    public Node node() {
        return pane;
    }
}
