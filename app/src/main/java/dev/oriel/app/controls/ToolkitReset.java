package dev.oriel.app.controls;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Parent;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repairs private fields of JavaFX after an exception in a pulse. There is no public way. If
/// JavaFX is not open to Oriel, nothing is done.
final class ToolkitReset {
    private static final Logger LOG = LoggerFactory.getLogger(ToolkitReset.class);

    private ToolkitReset() {}

    /// Makes the scene and all its nodes ready for the next layout and rendering.
    static void reset(Scene scene) {
        release(scene.getRoot());
        // An aborted list of nodes to render has gaps, at which each further frame throws.
        set(Scene.class, "dirtyNodes", scene, null);
        set(Scene.class, "dirtyNodesSize", scene, 0);
        try {
            // An aborted text layout does not release its engine.
            Field inUse =
                    Class.forName("com.sun.javafx.text.GlyphLayoutManager")
                            .getDeclaredField("IN_USE");
            inUse.setAccessible(true);
            ((AtomicBoolean) inUse.get(null)).set(false);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("JavaFX's text engine is not open to Oriel", e);
        }
        PangoWorkaround.install();
    }

    /// Clears the marks of an aborted layout in all nodes of a subtree.
    static void release(Parent root) {
        for (Parent p : LayoutRecovery.all(root, new ArrayList<>())) {
            if (!set(Parent.class, "performingLayout", p, false)) {
                return;
            }
            set(Parent.class, "currentLayoutChild", p, null);
        }
    }

    private static boolean set(Class<?> of, String name, Object on, @Nullable Object value) {
        try {
            Field field = of.getDeclaredField(name);
            field.setAccessible(true);
            field.set(on, value);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("JavaFX is not open to Oriel", e);
            return false;
        }
    }
}
