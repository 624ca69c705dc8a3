package dev.oriel.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javafx.animation.AnimationTimer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Measures the gaps between frames, from inside the JavaFX thread, and the processor time and the
/// allocation of that thread and of the drawing thread in each of them, which other programs on the
/// machine do not change. While it runs the toolkit pulses, so it is stopped for idle measurements.
///
/// `-Dframes.stacks=20` prints where the JavaFX thread was in each frame with more than 20 ms of
/// processor time.
final class FrameMeter extends AnimationTimer {
    private static final double FRAME = 1e9 / 60;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Histogram gaps = new Histogram(60_000_000_000L, 3);
    private final Histogram cpu = new Histogram(60_000_000_000L, 3);
    private final Histogram allocated = new Histogram(60_000_000_000L, 3);
    private final Histogram drawing = new Histogram(60_000_000_000L, 3);
    private final long drawer = drawingThread();
    private @Nullable SlowFrames slow;
    private final Collections collections = new Collections();
    private long last;
    private long first;
    private long dropped;
    private long lastCpu;
    private long lastAllocated;
    private long lastDrawing;

    private static long drawingThread() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(t -> t != null && t.getThreadName().startsWith("QuantumRenderer"))
                .mapToLong(t -> t.getThreadId())
                .findFirst()
                .orElse(-1);
    }

    @Override
    public void handle(long now) {
        long t = System.nanoTime();
        long c = THREADS.getCurrentThreadCpuTime();
        long a = THREADS.getCurrentThreadAllocatedBytes();
        long d = drawer < 0 ? 0 : THREADS.getThreadCpuTime(drawer);
        if (last == 0) {
            first = t;
            slow = SlowFrames.start();
            collections.start();
        } else {
            gaps.recordValue(t - last);
            cpu.recordValue(c - lastCpu);
            allocated.recordValue(a - lastAllocated);
            drawing.recordValue(Math.max(0, d - lastDrawing));
            if (slow != null) {
                slow.frame(c - lastCpu, t - last);
            }
            dropped += Math.max(0, Math.round((t - last) / FRAME) - 1);
        }
        last = t;
        lastCpu = c;
        lastAllocated = a;
        lastDrawing = d;
    }

    @Override
    public void stop() {
        super.stop();
        if (slow != null) {
            slow.end();
        }
    }

    String report() {
        double seconds = (last - first) / 1e9;
        long frames = gaps.getTotalCount();
        return """
        %.1f frames/s, %.2f %% dropped, gaps p50 %.1f p99 %.1f worst %.1f ms; \
        CPU of a frame p50 %.1f p99 %.1f worst %.1f ms, drawing p50 %.1f p99 %.1f worst %.1f ms, \
        allocated p50 %,d worst %,d kB, %s\
        """
                .formatted(
                        frames / seconds,
                        100.0 * dropped / (frames + dropped),
                        ms(gaps, 50),
                        ms(gaps, 99),
                        ms(gaps, 100),
                        ms(cpu, 50),
                        ms(cpu, 99),
                        ms(cpu, 100),
                        ms(drawing, 50),
                        ms(drawing, 99),
                        ms(drawing, 100),
                        allocated.getValueAtPercentile(50) / 1_000,
                        allocated.getMaxValue() / 1_000,
                        collections.report());
    }

    private static double ms(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }
}
