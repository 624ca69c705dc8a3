package dev.oriel.bench;

import javafx.animation.AnimationTimer;
import org.HdrHistogram.Histogram;

/// Measures the gaps between frames, from inside the JavaFX thread. While it runs the toolkit
/// pulses, so it is stopped for idle measurements.
final class FrameMeter extends AnimationTimer {
    private static final double FRAME = 1e9 / 60;

    private final Histogram gaps = new Histogram(60_000_000_000L, 3);
    private long last;
    private long first;
    private long dropped;

    @Override
    public void handle(long now) {
        long t = System.nanoTime();
        if (last == 0) {
            first = t;
        } else {
            gaps.recordValue(t - last);
            dropped += Math.max(0, Math.round((t - last) / FRAME) - 1);
        }
        last = t;
    }

    String report() {
        double seconds = (last - first) / 1e9;
        long frames = gaps.getTotalCount();
        return "%.1f frames/s, %.2f %% dropped, gaps p50 %.1f p99 %.1f worst %.1f ms"
                .formatted(
                        frames / seconds,
                        100.0 * dropped / (frames + dropped),
                        gaps.getValueAtPercentile(50) / 1e6,
                        gaps.getValueAtPercentile(99) / 1e6,
                        gaps.getMaxValue() / 1e6);
    }
}
