package dev.oriel.app.transcript.diff;

import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.highlight.Language;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares and renders the content of a pane, what is large in the background. Of several
/// renderings only the last one is shown. Belongs to the JavaFX thread.
final class PaneRendering {
    /// The most characters that are compared at once, on the JavaFX thread.
    private static final int AT_ONCE = 16 * 1024;

    private final DiffPanes panes;
    private final DiffContent content;
    private final Consumer<PaneText> receiver;
    private PaneText text = PaneText.EMPTY;
    private PaneColors colors = new PaneColors(CodeColors.NONE);

    /// Number of the last rendering. Written on the JavaFX thread, also read by the background.
    private volatile int last;

    /// @param receiver of the text, on the JavaFX thread
    PaneRendering(DiffPanes panes, DiffContent content, Consumer<PaneText> receiver) {
        this.panes = panes;
        this.content = content;
        this.receiver = receiver;
    }

    /// Whether it is rendered in the background.
    boolean isLarge() {
        return content.size() > AT_ONCE;
    }

    boolean isStarted() {
        return last > 0;
    }

    @Nullable Language language() {
        return content.language();
    }

    /// Whether colours were unknown when the text was rendered that are known now.
    boolean colorsHaveArrived() {
        return colors.haveArrived();
    }

    /// @param view from the colours it has to use
    /// @return the view that is rendered
    DiffView start(Function<CodeColors, DiffView> view) {
        PaneColors own = new PaneColors(panes.highlighter());
        DiffView with = view.apply(own);
        PaneText before = text;
        int number = last + 1;
        last = number;
        if (isLarge()) {
            panes.background().execute(() -> renderLater(number, with, own, before));
        } else {
            finish(PaneText.of(content, with, before), own);
        }
        return with;
    }

    private void renderLater(int number, DiffView view, PaneColors own, PaneText before) {
        if (number == last) {
            PaneText now = PaneText.of(content, view, before);
            panes.lane()
                    .post(() -> {
                        if (number == last) {
                            finish(now, own);
                        }
                    });
        }
    }

    private void finish(PaneText now, PaneColors own) {
        text = now;
        colors = own;
        receiver.accept(now);
    }
}
