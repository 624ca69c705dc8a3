package dev.oriel.app.overlay;

import atlantafx.base.controls.ModalPane;
import dev.oriel.app.keyboard.FocusRegions;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Shows panels that slide in from the right, and dialogs in the middle of the window, one at a
/// time. Esc or a click beside it closes what is shown, and the focus returns to the composer.
/// Belongs to the JavaFX thread.
public final class Overlays {
    private static final Duration MOTION = Duration.millis(120);

    private final ModalPane pane = new ModalPane();
    private boolean reducedMotion;

    /// What had the focus before the first overlay was shown.
    private @Nullable Node focusedBefore;

    /// What had the focus last in the overlay; null if none is open.
    private @Nullable Node focusedInside;

    private Runnable closed = () -> {};

    public Overlays() {
        pane.setId("sheets");
        pane.setFocusTraversable(false);
        // The focus stays in an overlay until it is closed.
        pane.sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        scene.focusOwnerProperty().subscribe(this::keepFocus);
                    }
                });
        pane.displayProperty()
                .subscribe(shown -> {
                    if (!shown) {
                        // A panel that is not in a scene stops its timers.
                        pane.setContent(null);
                        Node last = focusedBefore;
                        focusedBefore = null;
                        if (last instanceof TextInputControl) {
                            last.requestFocus();
                        } else {
                            closed.run();
                        }
                    }
                });
    }

    /// Shows a panel that slides in from the right.
    public void showSide(Region panel) {
        pane.setAlignment(Pos.TOP_RIGHT);
        if (!reducedMotion) {
            pane.usePredefinedTransitionFactories(Side.RIGHT, MOTION, MOTION);
        }
        // It scrolls in a low window and with large text.
        ScrollPane scroll = new ScrollPane(panel);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        scroll.setAccessibleText(panel.getAccessibleText());
        scroll.getStyleClass().add("panel-scroll");
        show(scroll);
    }

    /// Shows a dialog in the middle.
    public void showCentered(Region card) {
        pane.setAlignment(Pos.CENTER);
        pane.setInTransitionFactory(null);
        pane.setOutTransitionFactory(null);
        show(card);
    }

    private void show(Region content) {
        if (!pane.isDisplay()) {
            focusedBefore = pane.getScene() == null ? null : pane.getScene().getFocusOwner();
        }
        content.setAccessibleRole(AccessibleRole.DIALOG);
        pane.show(content);
        // What scrolls has its controls, and so the first of them, once it has its skin.
        pane.applyCss();
        FocusRegions.firstFocusable(content).ifPresent(Node::requestFocus);
    }

    /// What leaves the overlay at its first control enters it again at the last one: Shift+Tab goes
    /// around, as Tab does.
    private void keepFocus(@Nullable Node focused) {
        Node content = pane.getContent();
        if (!pane.isDisplay() || content == null) {
            focusedInside = null;
        } else if (FocusRegions.contains(content, focused)) {
            focusedInside = focused;
        } else {
            Optional<Node> first = FocusRegions.firstFocusable(content);
            boolean backwards = first.isPresent() && first.get().equals(focusedInside);
            (backwards ? FocusRegions.lastFocusable(content) : first)
                    .ifPresent(FocusRegions::focusVisibly);
        }
    }

    /// @param listener moves the focus to the composer; called when an overlay was closed, unless
    ///   the focus returns to another text field
    public void onClosed(Runnable listener) {
        closed = listener;
    }

    /// Closes what is shown.
    public void close() {
        pane.hide();
    }

    /// Whether a panel or dialog is shown.
    public boolean isShowing() {
        return pane.isDisplay();
    }

    /// @param reduced whether panels appear without motion
    public void setReducedMotion(boolean reduced) {
        reducedMotion = reduced;
        if (reduced) {
            pane.setInTransitionFactory(null);
            pane.setOutTransitionFactory(null);
        }
    }

    /// The node that shows them; it belongs over the content of the window.
    public Node node() {
        return pane;
    }
}
