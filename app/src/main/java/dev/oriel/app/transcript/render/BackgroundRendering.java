package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.highlight.CodeColors;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.options.RenderOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Renders items in the background, one batch at a time.
///
/// Belongs to the JavaFX thread.
final class BackgroundRendering {
    /// How much is rendered before it is shown, characters of text.
    private static final int BATCH = 256 * 1024;

    private final FxLane lane;
    private final Executor background;
    private final CodeColors colors;
    private final Consumer<List<RenderedItem>> onRendered;

    /// Counts the cancellations: what was rendered before the last one is not passed on.
    private int generation;

    private boolean rendering;

    /// @param cost about how much text it shows, characters
    record Job(Item item, RenderOptions options, int cost) {}

    /// @param onRendered receives what was rendered, on the JavaFX thread
    BackgroundRendering(
            FxLane lane,
            Executor background,
            CodeColors colors,
            Consumer<List<RenderedItem>> onRendered) {
        this.lane = lane;
        this.background = background;
        this.colors = colors;
        this.onRendered = onRendered;
    }

    /// Renders the first of the jobs, unless others are being rendered. The caller starts the rest
    /// in the next frame.
    void start(List<Job> jobs) {
        if (jobs.isEmpty() || rendering) {
            return;
        }
        rendering = true;
        int own = generation;
        List<Job> batch = firstOf(jobs);
        background.execute(() -> {
            List<RenderedItem> done = new ArrayList<>();
            for (Job job : batch) {
                AwaitedColors awaited = new AwaitedColors(colors);
                List<ParagraphBlock> blocks =
                        ItemRenderer.render(job.item(), job.options().withColors(awaited));
                done.add(new RenderedItem(job.item(), job.options(), null, awaited, blocks));
            }
            lane.post(() -> finish(own, done));
        });
    }

    private static List<Job> firstOf(List<Job> jobs) {
        int count = 0;
        int cost = 0;
        while (count < jobs.size() && cost < BATCH) {
            cost += jobs.get(count).cost();
            count++;
        }
        return List.copyOf(jobs.subList(0, count));
    }

    private void finish(int ofGeneration, List<RenderedItem> done) {
        if (ofGeneration == generation) {
            rendering = false;
            onRendered.accept(done);
        }
    }

    /// Passes nothing on of what is being rendered.
    void cancel() {
        generation++;
        rendering = false;
    }
}
