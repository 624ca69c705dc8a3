package dev.oriel.testing.media;

import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.media.IdleCollection;
import dev.oriel.app.media.MediaFiles;
import dev.oriel.app.media.MediaLoader;
import dev.oriel.app.media.view.MediaViewer;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.toast.Toasts;
import dev.oriel.testing.manual.ManualScheduler;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;

/// Viewers of media for transcripts without a window.
public final class TestMedia {
    private TestMedia() {}

    public static MediaViewer viewer(FxLane lane) {
        return viewer(lane, new Overlays(), Path.of("no-such-folder"), _ -> {});
    }

    /// @param copies folder for the copies of documents that are opened
    /// @param opened receives the addresses of documents that are opened
    public static MediaViewer viewer(
            FxLane lane, Overlays overlays, Path copies, Consumer<String> opened) {
        return new MediaViewer(
                new MediaLoader(
                        lane,
                        ForkJoinPool.commonPool(),
                        new IdleCollection(new ManualScheduler(), Runnable::run, () -> {}),
                        new FxScheduler(lane)),
                new MediaFiles(copies, ForkJoinPool.commonPool()),
                overlays,
                lane,
                opened,
                new Toasts(new ManualScheduler()));
    }
}
