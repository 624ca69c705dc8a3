package dev.oriel.app.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.fxmisc.richtext.GenericStyledArea;

/// What is wrong with what a window shows, as far as a program can tell: controls that a screen
/// reader cannot name, that are too small for a pointer, or that have no room; and text that is cut
/// or hard to read. On the JavaFX thread.
final class PageAudit {
    /// The least width and height of a control that is pressed (WCAG 2.5.8), pixels.
    private static final double LEAST_TARGET = 24;

    private final List<String> faults = new ArrayList<>();
    private final double leastContrast;
    private final Bounds window;

    private PageAudit(Scene scene) {
        boolean high = scene.getRoot().getStyleClass().contains("oriel-contrast");
        leastContrast = high ? 7 : 4.5;
        window = scene.getRoot().localToScene(scene.getRoot().getLayoutBounds());
    }

    /// The faults of all nodes that are visible; empty if there is none.
    static List<String> of(Scene scene) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        PageAudit audit = new PageAudit(scene);
        audit.check(scene.getRoot(), false);
        return List.copyOf(audit.faults);
    }

    /// @param scrolled whether the node may be out of sight because something scrolls
    private void check(Node node, boolean scrolled) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return;
        }
        if (node.isFocusTraversable() && !node.isDisabled()) {
            name(node);
        }
        if (isTarget(node)) {
            target((Control) node, scrolled);
        }
        if (node instanceof Labeled labeled) {
            cut(labeled);
        }
        if (node instanceof Text text && !text.getText().isBlank() && isActive(node)) {
            contrast(text);
        }
        if (node instanceof Parent parent && !(node instanceof GenericStyledArea<?, ?, ?>)) {
            if (node instanceof HBox
                    || node instanceof VBox
                    || node instanceof FlowPane
                    || node instanceof GridPane) {
                overlaps(parent.getChildrenUnmodifiable());
            }
            boolean scrolls =
                    scrolled || node instanceof ScrollPane || node instanceof VirtualFlow<?>;
            parent.getChildrenUnmodifiable().forEach(child -> check(child, scrolls));
        }
    }

    /// What is disabled, or an answer that is not accepted yet, may be faint (WCAG 2.2, 1.4.3).
    private static boolean isActive(Node node) {
        boolean answer = false;
        for (Node n = node; n != null; n = n.getParent()) {
            answer |= n.getStyleClass().contains("answer");
            boolean waits =
                    n.getPseudoClassStates().stream()
                            .map(PseudoClass::getPseudoClassName)
                            .anyMatch(Set.of("unarmed", "unseen")::contains);
            if (n.isDisabled() || (answer && waits)) {
                return false;
            }
        }
        return true;
    }

    private void name(Node node) {
        AccessibleRole role = node.getAccessibleRole();
        if (role == null || role == AccessibleRole.NODE || role == AccessibleRole.PARENT) {
            faults.add("no role: " + words(node));
        }
        if (nameOf(node).isBlank()) {
            faults.add("no name: " + words(node));
        }
    }

    /// The name that a screen reader reads: of a field that of its label, because its own text is
    /// its content.
    static String nameOf(Node node) {
        if (node.queryAccessibleAttribute(AccessibleAttribute.LABELED_BY) instanceof Label label) {
            return Objects.requireNonNullElse(label.getText(), "");
        }
        if (node.getAccessibleText() != null && !node.getAccessibleText().isBlank()) {
            return node.getAccessibleText();
        }
        boolean field =
                node instanceof TextInputControl || node instanceof GenericStyledArea<?, ?, ?>;
        Object text = field ? null : node.queryAccessibleAttribute(AccessibleAttribute.TEXT);
        return text instanceof String said ? said : "";
    }

    private static boolean isTarget(Node node) {
        boolean inText = node.getStyleClass().contains("link");
        return (node instanceof Button && !inText)
                || (node instanceof MenuButton && !inText)
                || node instanceof CheckBox
                || node instanceof RadioButton
                || node instanceof ChoiceBox<?>
                || node instanceof ComboBoxBase<?>
                || node instanceof TextInputControl;
    }

    private void target(Control node, boolean scrolled) {
        if (node.getWidth() < LEAST_TARGET - 0.5 || node.getHeight() < LEAST_TARGET - 0.5) {
            faults.add(
                    "small, %.0f x %.0f: %s"
                            .formatted(node.getWidth(), node.getHeight(), words(node)));
        }
        Bounds at = node.localToScene(node.getLayoutBounds());
        boolean out =
                at.getMinX() < window.getMinX() - 1
                        || at.getMaxX() > window.getMaxX() + 1
                        || at.getMinY() < window.getMinY() - 1
                        || at.getMaxY() > window.getMaxY() + 1;
        if (out && !scrolled) {
            faults.add("out of the window: " + words(node));
        }
    }

    private void cut(Labeled labeled) {
        String whole = labeled.getText();
        if (whole == null || whole.isBlank() || hasTooltip(labeled)) {
            return;
        }
        for (Node child : labeled.lookupAll(".text")) {
            if (child instanceof Text shown
                    && labeled.equals(shown.getParent())
                    && shown.getText().endsWith(labeled.getEllipsisString())
                    && !whole.endsWith(labeled.getEllipsisString())) {
                faults.add("cut to \"" + shown.getText() + "\": " + words(labeled));
            }
        }
    }

    /// Whether a tooltip can tell the whole text, also that of a row that the text is in.
    private static boolean hasTooltip(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n instanceof Control control && control.getTooltip() != null) {
                return true;
            }
        }
        return false;
    }

    private void overlaps(ObservableList<Node> children) {
        List<Node> shown =
                children.stream()
                        .filter(n -> n.isVisible() && n.isManaged() && n instanceof Region)
                        .toList();
        for (int i = 0; i < shown.size(); i++) {
            for (int j = i + 1; j < shown.size(); j++) {
                Bounds a = shown.get(i).getBoundsInParent();
                Bounds b = shown.get(j).getBoundsInParent();
                Region ra = (Region) shown.get(i);
                Region rb = (Region) shown.get(j);
                double x =
                        Math.min(ra.getLayoutX() + ra.getWidth(), rb.getLayoutX() + rb.getWidth())
                                - Math.max(ra.getLayoutX(), rb.getLayoutX());
                double y =
                        Math.min(ra.getLayoutY() + ra.getHeight(), rb.getLayoutY() + rb.getHeight())
                                - Math.max(ra.getLayoutY(), rb.getLayoutY());
                if (x > 1 && y > 1 && a.getWidth() > 0 && b.getWidth() > 0) {
                    faults.add("overlap: " + words(ra) + " and " + words(rb));
                }
            }
        }
    }

    private void contrast(Text text) {
        if (!(text.getFill() instanceof Color fill)) {
            return;
        }
        double opacity = fill.getOpacity();
        List<Color> under = new ArrayList<>();
        for (Node n = text; n != null; n = n.getParent()) {
            opacity *= n.getOpacity();
            if (n instanceof Region region && region.getBackground() != null) {
                region.getBackground().getFills().reversed().stream()
                        .map(f -> f.getFill())
                        .filter(Color.class::isInstance)
                        .map(Color.class::cast)
                        .forEach(under::add);
            }
            if (!under.isEmpty() && under.getLast().isOpaque()) {
                break;
            }
        }
        Color ground = Color.WHITE;
        for (Color next : under.reversed()) {
            ground = ground.interpolate(opaque(next), next.getOpacity());
        }
        double ratio = contrast(ground.interpolate(opaque(fill), opacity), ground);
        if (ratio < leastContrast) {
            faults.add(
                    "contrast %.1f, %s on %s: \"%s\" in %s"
                            .formatted(
                                    ratio,
                                    fill,
                                    ground,
                                    text.getText().lines().findFirst().orElse(""),
                                    words(text.getParent())));
        }
    }

    private static Color opaque(Color c) {
        return Color.color(c.getRed(), c.getGreen(), c.getBlue());
    }

    /// The contrast of two colours (WCAG 2.2), 1 to 21.
    static double contrast(Color a, Color b) {
        double one = luminance(a);
        double other = luminance(b);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed())
                + 0.7152 * linear(c.getGreen())
                + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    /// Words that identify a node in a report.
    static String words(Node node) {
        StringBuilder words = new StringBuilder(node.getClass().getSimpleName());
        for (Node n = node; n != null && words.length() < 200; n = n.getParent()) {
            if (n.getId() != null) {
                words.append(" #").append(n.getId());
                break;
            }
            words.append(" .").append(String.join(".", n.getStyleClass()));
        }
        return words + (node instanceof ButtonBase button ? " \"" + button.getText() + '"' : "");
    }
}
