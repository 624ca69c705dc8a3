package dev.oriel.dialect;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Slows down whoever tries tokens: with each wrong one from an address the answer to the next
/// wrong one takes longer, up to five seconds. One of them is forgotten every ten seconds.
///
/// The right token is never delayed, whatever others at the same address do: on loopback all
/// programs of the computer share one.
///
/// Any thread.
public final class FailedLogins {
    private static final Logger LOG = LoggerFactory.getLogger(FailedLogins.class);

    /// So many may be mistakes.
    private static final int FREE = 3;

    private static final int MOST = 16;
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    /// The address that was quiet for the longest time is forgotten for one more.
    private static final int MOST_ADDRESSES = 4_096;

    /// Of an IPv6 address, the part that one network has.
    private static final int NETWORK_GROUPS = 4;

    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Runnable counter;

    // Guarded by this.
    private final Map<String, Failures> byAddress =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MOST_ADDRESSES;
                }
            };
    private long total;
    private long loggedAt;

    /// @param since when the count was right
    private record Failures(int count, long since) {}

    /// @param nanoTime a clock that never goes back
    /// @param counter run for each wrong token
    public FailedLogins(ScheduledExecutorService timer, LongSupplier nanoTime, Runnable counter) {
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.counter = counter;
    }

    /// A wrong token was shown.
    ///
    /// @param address of the client, without its port
    /// @param answer tells the client; run at once, or later on the timer
    public void reply(String address, Runnable answer) {
        counter.run();
        long delay = delayMillis(count(network(address)));
        if (delay == 0) {
            answer.run();
        } else {
            timer.schedule(answer, delay, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized int count(String address) {
        long now = nanoTime.getAsLong();
        Failures before = byAddress.getOrDefault(address, new Failures(0, now));
        long forgotten = (now - before.since()) / FORGET_NANOS;
        int left = (int) Math.max(0, before.count() - forgotten);
        long since = left == 0 ? now : before.since() + forgotten * FORGET_NANOS;
        int count = Math.min(MOST, left + 1);
        byAddress.put(address, new Failures(count, since));
        total++;
        if (total == 1 || now - loggedAt > LOG_NANOS) {
            loggedAt = now;
            LOG.warn(
                    "A wrong token was shown from {} ({} since the start). While that goes on,"
                            + " answers to wrong ones from there are delayed.",
                    address.isEmpty() ? "an address that is not known" : address,
                    total);
        }
        return count;
    }

    private static long delayMillis(int count) {
        return count <= FREE
                ? 0
                : Math.min(FIRST_DELAY.toMillis() << (count - FREE - 1), LONGEST_DELAY.toMillis());
    }

    /// Whoever has one IPv6 address has all of its network.
    private static String network(String address) {
        int end = -1;
        for (int i = 0; i < NETWORK_GROUPS; i++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }
}
