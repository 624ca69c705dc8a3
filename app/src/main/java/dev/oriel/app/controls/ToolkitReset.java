package dev.oriel.app.controls;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Parent;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an exception in a pulse leaves behind in JavaFX's own fields, put right. There is no public
/// way; where JavaFX is not open to us, nothing is done.
final class ToolkitReset {
    private static final Logger LOG = LoggerFactory.getLogger(ToolkitReset.class);

    private ToolkitReset() {}

    /// Makes the scene and everything in it ready to be laid out and drawn again.
    static void reset(Scene scene) {
        release(scene.getRoot());
        // Broken off, the list of nodes to draw has gaps, at which each further frame throws.
        set(Scene.class, "dirtyNodes", scene, null);
        set(Scene.class, "dirtyNodesSize", scene, 0);
        try {
            // The layout of text that threw did not give its engine back.
            Field inUse =
                    Class.forName("com.sun.javafx.text.GlyphLayoutManager")
                            .getDeclaredField("IN_USE");
            inUse.setAccessible(true);
            ((AtomicBoolean) inUse.get(null)).set(false);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("The text engine is not open", e);
        }
        PangoWorkaround.install();
    }

    /// Takes the mark of a layout that was broken off from everything in it.
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
            LOG.debug("JavaFX is not open", e);
            return false;
        }
    }
}
