package dev.oriel.app.controls;

import dev.oriel.platform.OperatingSystem;
import java.lang.reflect.Field;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works around a fault of JavaFX's text layout on Linux, in every text of the process.
///
/// `PangoGlyphLayout` caches the UTF-8 form of each text run that it has shaped, by the run object.
/// When a line is wrapped inside a run of a complex script, `PrismTextLayout` splits the run, which
/// gives the *same object* a shorter length, and shapes it again with the cached text. So each line
/// of Thai or Hindi shows the whole rest of the paragraph. In a right-to-left run, where the index
/// of a character is computed from its length, indices become negative and the layout pass ends
/// with an exception, after which the scene is never laid out again. To be reported upstream with
/// this (JavaFX 26.0.2, Linux, any Pango; also with Arabic):
///
/// ```java
/// Text text = new Text("שלום עולם שלום עולם שלום עולם");
/// text.setWrappingWidth(60);
/// text.getLayoutBounds();
/// // ArrayIndexOutOfBoundsException: Index -29 out of bounds for length 29
/// //   at com.sun.javafx.text.PrismTextLayout.computeTrailingSpaceWidth(PrismTextLayout.java:980)
/// //   at com.sun.javafx.text.PrismTextLayout.layout(PrismTextLayout.java:1370)
/// ```
///
/// The cache is replaced by one that ignores an entry whose run has another length. The field is
/// private, so the JavaFX modules must be open to Oriel (`--add-opens`, set wherever Oriel chooses
/// the options), unless they are on the class path.
public final class PangoWorkaround {
    private static final Logger LOG = LoggerFactory.getLogger(PangoWorkaround.class);

    private PangoWorkaround() {}

    /// Installs the workaround. To be called on the JavaFX thread before the first text is laid
    /// out.
    ///
    /// @return whether text of complex scripts can be wrapped: the fault is worked around, or the
    ///   toolkit does not have it
    public static boolean install() {
        if (OperatingSystem.current() != OperatingSystem.LINUX) {
            return true;
        }
        try {
            Class<?> layouts = Class.forName("com.sun.javafx.text.GlyphLayoutManager");
            Field shared = layouts.getDeclaredField("REUSABLE_INSTANCE");
            shared.setAccessible(true);
            Object layout = shared.get(null);
            Field runs = layout.getClass().getDeclaredField("runUtf8");
            runs.setAccessible(true);
            runs.set(layout, new ByLength());
            return true;
        } catch (NoSuchFieldException | ClassNotFoundException e) {
            LOG.info("This JavaFX has another text layout: {}", e.getMessage());
            return true;
        } catch (RuntimeException | IllegalAccessException e) {
            LOG.warn(
                    "Right-to-left text will not be wrapped, as JavaFX is not open to Oriel ({})",
                    e.getMessage());
            return false;
        }
    }

    /// Addresses of the UTF-8 texts of runs. `PangoGlyphLayout` frees the memory at all
    /// [#values()].
    static final class ByLength extends AbstractMap<Object, Long> {
        private record Known(int length, Long text) {}

        private final IdentityHashMap<Object, Known> known = new IdentityHashMap<>();
        private final List<Long> all = new ArrayList<>();
        private @Nullable Field length;

        @Override
        public @Nullable Long get(Object run) {
            Known text = known.get(run);
            return text != null && text.length() == length(run) ? text.text() : null;
        }

        @Override
        public @Nullable Long put(Object run, Long text) {
            known.put(run, new Known(length(run), text));
            all.add(text);
            return null;
        }

        private int length(Object run) {
            try {
                Field field = length;
                if (field == null) {
                    field = run.getClass().getDeclaredField("length");
                    field.setAccessible(true);
                    length = field;
                }
                return field.getInt(run);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        /// Includes the texts that are no longer found, because they are to be freed too.
        @Override
        public Collection<Long> values() {
            return all;
        }

        @Override
        public void clear() {
            known.clear();
            all.clear();
        }

        @Override
        public Set<Entry<Object, Long>> entrySet() {
            throw new UnsupportedOperationException();
        }
    }
}
