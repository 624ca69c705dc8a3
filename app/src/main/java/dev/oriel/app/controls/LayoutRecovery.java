package dev.oriel.app.controls;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Pane;
import javafx.scene.text.Text;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the window usable after an exception on the JavaFX thread.
///
/// JavaFX lays out a scene in a pulse, from the root down. An exception leaves every node between
/// the root and the node that threw marked as "performing layout", and such a node is never laid
/// out again: the window stops changing. So after such an exception this class clears the marks,
/// lays out the nodes one by one to find the one that throws, and changes that one alone: its text
/// is shown in characters that need no shaping, and if it still throws, a short message replaces
/// it.
///
/// Belongs to the JavaFX thread.
public final class LayoutRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LayoutRecovery.class);

    /// The most parts that are replaced after one exception.
    private static final int MAX_PARTS = 40;

    /// The most exceptions that are logged with their stack trace.
    private static final int MAX_STACKS = 20;

    private int seen;
    private boolean recovering;

    private LayoutRecovery() {}

    /// Sets the uncaught exception handler of this thread.
    public static void install() {
        LayoutRecovery recovery = new LayoutRecovery();
        Thread.currentThread().setUncaughtExceptionHandler((_, e) -> recovery.uncaught(e));
    }

    private void uncaught(Throwable e) {
        seen++;
        if (seen <= MAX_STACKS) {
            LOG.error("Exception on the JavaFX thread", e);
        }
        if (recovering || !cameFromLayout(e)) {
            return;
        }
        recovering = true;
        try {
            for (Window window : List.copyOf(Window.getWindows())) {
                Scene scene = window.getScene();
                if (scene != null && scene.getRoot() != null) {
                    recover(scene);
                }
            }
        } catch (RuntimeException | Error again) {
            LOG.error("The window could not be laid out again", again);
        } finally {
            recovering = false;
        }
    }

    private static boolean cameFromLayout(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            for (StackTraceElement at : t.getStackTrace()) {
                String where = at.getClassName();
                if (where.startsWith("javafx.scene.Parent")
                        || where.startsWith("javafx.scene.Scene$ScenePulse")
                        || where.startsWith("com.sun.javafx.text.")) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Lays the scene out, and changes parts that throw until none does.
    static void recover(Scene scene) {
        ToolkitReset.reset(scene);
        for (int part = 0; part < MAX_PARTS; part++) {
            Node failing = findFailing(scene.getRoot());
            if (failing == null) {
                break;
            }
            replace(failing);
            ToolkitReset.reset(scene);
        }
        all(scene.getRoot(), new ArrayList<>()).forEach(Parent::requestLayout);
    }

    /// The deepest node that throws when it is laid out; null if none does.
    private static @Nullable Node findFailing(Node node) {
        if (node instanceof Text text) {
            return throwsIn(text::getLayoutBounds) ? text : null;
        }
        if (!(node instanceof Parent parent)) {
            return null;
        }
        Node inside = within(parent);
        if (inside != null) {
            return inside;
        }
        boolean bad =
                throwsIn(() -> {
                    parent.requestLayout();
                    parent.layout();
                });
        if (!bad) {
            return null;
        }
        ToolkitReset.release(parent);
        // The parent gave its children other sizes, at which one of them may throw.
        inside = within(parent);
        return inside == null ? parent : inside;
    }

    private static @Nullable Node within(Parent parent) {
        for (Node child : List.copyOf(parent.getChildrenUnmodifiable())) {
            Node found = findFailing(child);
            if (found != null) {
                return found;
            }
            double width = parent.getLayoutBounds().getWidth();
            if (child.isManaged()
                    && throwsIn(() -> {
                        child.minWidth(-1);
                        child.prefWidth(-1);
                        child.prefHeight(-1);
                        child.prefHeight(width);
                        child.minHeight(width);
                    })) {
                return child;
            }
        }
        return null;
    }

    private static boolean throwsIn(Runnable work) {
        try {
            work.run();
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return true;
        }
    }

    private static void replace(Node failing) {
        LOG.warn("A part of the window could not be laid out: {}", failing.getTypeSelector());
        if (!simplify(failing)) {
            exchange(failing);
        }
    }

    /// Replaces the characters that need shaping in all texts of a node.
    ///
    /// @return whether a text changed
    private static boolean simplify(Node node) {
        boolean changed = false;
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            String simple = unshaped(labeled.getText());
            if (!simple.equals(labeled.getText()) && !labeled.textProperty().isBound()) {
                labeled.setText(simple);
                changed = true;
            }
        } else if (node instanceof Text text && !text.textProperty().isBound()) {
            String simple = unshaped(text.getText());
            changed = !simple.equals(text.getText());
            text.setText(simple);
        }
        if (node instanceof Parent parent) {
            for (Node child : List.copyOf(parent.getChildrenUnmodifiable())) {
                changed |= simplify(child);
            }
        }
        return changed;
    }

    /// The text without characters that need shaping. Its length stays the same, so that offsets
    /// stay valid.
    static String unshaped(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
            if (c >= 0x300 && !Character.isIdeographic(c) && !(c >= 0x370 && c < 0x530)) {
                chars[i] = '\ufffd';
            }
        }
        return new String(chars);
    }

    private static void exchange(Node failing) {
        for (Node n = failing; n.getParent() != null; n = n.getParent()) {
            if (n.getParent() instanceof Pane pane && pane.getChildren().contains(n)) {
                Label instead = Controls.label("This part cannot be shown.");
                instead.getStyleClass().add("quiet");
                instead.getProperties().putAll(n.getProperties());
                pane.getChildren().set(pane.getChildren().indexOf(n), instead);
                return;
            }
        }
        failing.setVisible(false);
    }

    static List<Parent> all(Node node, List<Parent> into) {
        if (node instanceof Parent parent) {
            into.add(parent);
            List.of(parent.getChildrenUnmodifiable().toArray(Node[]::new))
                    .forEach(child -> all(child, into));
        }
        return into;
    }
}
