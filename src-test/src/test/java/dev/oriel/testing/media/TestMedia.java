package dev.oriel.testing.media;

import dev.oriel.app.fx.FxLane;
import dev.oriel.app.media.MediaFiles;
import dev.oriel.app.media.MediaLoader;
import dev.oriel.app.media.view.MediaViewer;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.toast.Toasts;
import dev.oriel.testing.manual.ManualScheduler;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;

/// Viewers of media for transcripts without a window.
public final class TestMedia {
    private TestMedia() {}

    public static MediaViewer viewer(FxLane lane) {
        return new MediaViewer(
                new MediaLoader(lane, ForkJoinPool.commonPool()),
                new MediaFiles(Path.of("no-such-folder"), ForkJoinPool.commonPool()),
                new Overlays(),
                lane,
                _ -> {},
                new Toasts(new ManualScheduler()));
    }
}
