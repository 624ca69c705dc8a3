package dev.oriel.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Samples the stack of the JavaFX thread every millisecond and prints, at the end, the samples of
/// the three frames that took most processor time, as trees.
final class SlowFrames {
    /// Methods with a smaller part of the samples are left out.
    private static final double SMALLEST = 0.05;

    private static final int MOST = 3;

    private final Thread fx;
    private final long limit;
    private final List<StackTraceElement[]> samples = new ArrayList<>();
    private final List<Frame> worst = new ArrayList<>();
    private volatile boolean ended;

    private SlowFrames(Thread fx, long limit) {
        this.fx = fx;
        this.limit = limit;
        Thread.ofPlatform().daemon().start(this::sample);
    }

    private record Frame(long cpu, long gap, List<StackTraceElement[]> stacks) {}

    /// Samples the current thread.
    static @Nullable SlowFrames start() {
        Integer limit = Integer.getInteger("frames.stacks");
        return limit == null ? null : new SlowFrames(Thread.currentThread(), limit * 1_000_000L);
    }

    void end() {
        ended = true;
        for (Frame f : worst) {
            System.out.printf(
                    "%d ms of processor time, gap %d ms, %d samples%n",
                    f.cpu() / 1_000_000, f.gap() / 1_000_000, f.stacks().size());
            print(f.stacks(), 0, " ");
        }
    }

    private void sample() {
        while (!ended) {
            StackTraceElement[] stack = fx.getStackTrace();
            synchronized (samples) {
                samples.add(stack);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// A frame ended.
    void frame(long cpu, long gap) {
        List<StackTraceElement[]> own;
        synchronized (samples) {
            own = List.copyOf(samples);
            samples.clear();
        }
        if (cpu >= limit) {
            worst.add(new Frame(cpu, gap, own));
            worst.sort(Comparator.comparingLong(Frame::cpu).reversed());
            if (worst.size() > MOST) {
                worst.removeLast();
            }
        }
    }

    private static void print(List<StackTraceElement[]> all, int depth, String indent) {
        Map<String, List<StackTraceElement[]>> next = new TreeMap<>();
        for (StackTraceElement[] stack : all) {
            if (depth < stack.length) {
                StackTraceElement at = stack[stack.length - 1 - depth];
                String name = at.getClassName().replaceAll(".*\\.", "") + "." + at.getMethodName();
                next.computeIfAbsent(name, _ -> new ArrayList<>()).add(stack);
            }
        }
        next.forEach((name, stacks) -> {
            if (stacks.size() >= Math.max(2, all.size() * SMALLEST)) {
                boolean only = next.size() == 1;
                if (!only) {
                    System.out.printf("%s%d %s%n", indent, stacks.size(), name);
                }
                print(stacks, depth + 1, only ? indent : indent + " ");
            }
        });
    }
}
