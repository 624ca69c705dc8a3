package dev.oriel.bench.agent;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures subjects by turns, and prints the median of each and its ratio to the first one, the
/// floor.
final class Rounds {
    private static final int WARM_UP = 2;

    /// What is measured.
    interface Subject {
        void run() throws Exception;
    }

    private record Named(String name, Subject subject, List<Double> millis, List<Double> cpu) {}

    private final List<Named> subjects = new ArrayList<>();
    private final String title;

    Rounds(String title) {
        this.title = title;
    }

    Rounds add(String name, Subject subject) {
        subjects.add(new Named(name, subject, new ArrayList<>(), new ArrayList<>()));
        return this;
    }

    /// Runs all and prints a line for each.
    ///
    /// @param rounds that are counted; two more come before them
    void run(int rounds) throws Exception {
        for (int round = 0; round < rounds + WARM_UP; round++) {
            for (Named named : subjects) {
                long cpu = cpuNanos();
                long start = System.nanoTime();
                named.subject().run();
                double millis = (System.nanoTime() - start) / 1e6;
                if (round == 0) {
                    System.out.printf(
                            Locale.ROOT, "%s, %s, first: %.1f ms%n", title, named.name(), millis);
                }
                if (round >= WARM_UP) {
                    named.millis().add(millis);
                    named.cpu().add((cpuNanos() - cpu) / 1e6);
                }
            }
        }
        double floor = median(subjects.getFirst().millis());
        for (Named named : subjects) {
            double median = median(named.millis());
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s: median %.1f ms (min %.1f, max %.1f), CPU of this process %.1f ms,"
                            + " %.2f times the floor%n",
                    title,
                    named.name(),
                    median,
                    named.millis().stream().mapToDouble(d -> d).min().orElseThrow(),
                    named.millis().stream().mapToDouble(d -> d).max().orElseThrow(),
                    median(named.cpu()),
                    median / floor);
        }
    }

    private static long cpuNanos() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }

    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
