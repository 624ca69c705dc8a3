package dev.oriel.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Counts the garbage collections of a measurement, and how much the old generation grew meanwhile.
final class Collections {
    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getGarbageCollectorMXBeans();
    private long[] counts = new long[collectors.size()];
    private long[] times = new long[collectors.size()];
    private long old;

    void start() {
        counts = collectors.stream().mapToLong(c -> c.getCollectionCount()).toArray();
        times = collectors.stream().mapToLong(c -> c.getCollectionTime()).toArray();
        old = old();
    }

    private static long old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getName().contains("Tenured") || p.getName().contains("Old"))
                .mapToLong(p -> p.getUsage().getUsed())
                .sum();
    }

    String report() {
        StringBuilder report = new StringBuilder();
        for (int i = 0; i < collectors.size(); i++) {
            long count = collectors.get(i).getCollectionCount() - counts[i];
            if (count > 0) {
                report.append(
                        "%d x %s %d ms, "
                                .formatted(
                                        count,
                                        collectors.get(i).getName(),
                                        collectors.get(i).getCollectionTime() - times[i]));
            }
        }
        return report + "old generation %+,d kB".formatted((old() - old) / 1_000);
    }
}
