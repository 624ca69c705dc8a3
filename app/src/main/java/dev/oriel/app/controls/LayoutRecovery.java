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

/// Keeps the window alive when something throws on the JavaFX thread.
///
/// JavaFX lays out a scene in a pulse, from the root down. An exception there leaves every node
/// between the root and the one that threw marked as "performing layout", and such a node is never
/// laid out again: the window shows its last picture for ever. So after such an exception the marks
/// are taken away, the node that throws is looked for by laying out the nodes one by one, and it
/// alone is changed: its text is shown in characters that need no shaping, and if it throws even
/// then, a line of ours stands in its place.
///
/// Belongs to the JavaFX thread.
public final class LayoutRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LayoutRecovery.class);

    /// Parts that are replaced after one exception, at most.
    private static final int MOST_PARTS = 40;

    /// As many exceptions are written to the log with their stack, at most.
    private static final int MOST_STACKS = 20;

    private int seen;
    private boolean recovering;

    private LayoutRecovery() {}

    /// From now on hears what nobody caught on this thread.
    public static void install() {
        LayoutRecovery recovery = new LayoutRecovery();
        Thread.currentThread().setUncaughtExceptionHandler((_, e) -> recovery.uncaught(e));
    }

    private void uncaught(Throwable e) {
        seen++;
        if (seen <= MOST_STACKS) {
            LOG.error("Something in the window failed", e);
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

    /// Lays the scene out; parts that throw are changed until none does.
    static void recover(Scene scene) {
        ToolkitReset.reset(scene);
        for (int part = 0; part < MOST_PARTS; part++) {
            Node culprit = culprit(scene.getRoot());
            if (culprit == null) {
                break;
            }
            replace(culprit);
            ToolkitReset.reset(scene);
        }
        all(scene.getRoot(), new ArrayList<>()).forEach(Parent::requestLayout);
    }

    /// The deepest node that throws when it is laid out; null if none does.
    private static @Nullable Node culprit(Node node) {
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
        // It gave its children other sizes, at which one of them may be what throws.
        inside = within(parent);
        return inside == null ? parent : inside;
    }

    private static @Nullable Node within(Parent parent) {
        for (Node child : List.copyOf(parent.getChildrenUnmodifiable())) {
            Node found = culprit(child);
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

    private static void replace(Node culprit) {
        LOG.warn("A part of the window could not be laid out: {}", culprit.getTypeSelector());
        if (!simplify(culprit)) {
            exchange(culprit);
        }
    }

    /// Shows the texts in it in characters that need no shaping.
    ///
    /// @return whether that changed anything
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

    /// As long as the text itself, as others know places in it by their offset.
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

    private static void exchange(Node culprit) {
        for (Node n = culprit; n.getParent() != null; n = n.getParent()) {
            if (n.getParent() instanceof Pane pane && pane.getChildren().contains(n)) {
                Label instead = Controls.label("This part cannot be shown.");
                instead.getStyleClass().add("quiet");
                instead.getProperties().putAll(n.getProperties());
                pane.getChildren().set(pane.getChildren().indexOf(n), instead);
                return;
            }
        }
        culprit.setVisible(false);
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
