package dev.oriel.dialect;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Slows down guessing of tokens: each wrong token from an address increases the delay of the reply
/// to the next wrong one, up to five seconds. Every ten seconds the count of an address decreases
/// by one.
///
/// The reply to the right token is never delayed, because all programs of a computer share the
/// loopback address.
///
/// Thread-safe.
public final class FailedLogins {
    private static final Logger LOG = LoggerFactory.getLogger(FailedLogins.class);

    /// The number of wrong tokens without a delay, which may be mistakes.
    private static final int UNDELAYED = 3;

    private static final int MAX_COUNT = 16;
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration MAX_DELAY = Duration.ofSeconds(5);
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    /// The maximum number of addresses. The one without failures for the longest time is removed.
    private static final int MAX_ADDRESSES = 4_096;

    /// The number of 16-bit groups of an IPv6 address that identify a network (a /64).
    private static final int NETWORK_GROUPS = 4;

    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Runnable counter;

    /// Guarded by this.
    private final Map<String, Failures> byAddress =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MAX_ADDRESSES;
                }
            };

    private long total; // guarded by this
    private long loggedAt; // guarded by this

    /// @param since the time at which `count` was valid, in nanoseconds
    private record Failures(int count, long since) {}

    /// @param nanoTime a monotonic clock, see [System#nanoTime]
    /// @param counter run for each wrong token
    public FailedLogins(ScheduledExecutorService timer, LongSupplier nanoTime, Runnable counter) {
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.counter = counter;
    }

    /// Counts a wrong token and runs the reply to it, possibly with a delay.
    ///
    /// @param address the client's address without its port
    /// @param reply sends the reply to the client; run immediately, or later on the timer
    public void reply(String address, Runnable reply) {
        counter.run();
        long delay = delayMillis(count(network(address)));
        if (delay == 0) {
            reply.run();
        } else {
            timer.schedule(reply, delay, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized int count(String address) {
        long now = nanoTime.getAsLong();
        Failures before = byAddress.getOrDefault(address, new Failures(0, now));
        long forgotten = (now - before.since()) / FORGET_NANOS;
        int left = (int) Math.max(0, before.count() - forgotten);
        long since = left == 0 ? now : before.since() + forgotten * FORGET_NANOS;
        int count = Math.min(MAX_COUNT, left + 1);
        byAddress.put(address, new Failures(count, since));
        total++;
        if (total == 1 || now - loggedAt > LOG_NANOS) {
            loggedAt = now;
            LOG.warn(
                    "Received a wrong token from {} ({} since the start). Replies to further wrong"
                            + " tokens from there are delayed.",
                    address.isEmpty() ? "an unknown address" : address,
                    total);
        }
        return count;
    }

    private static long delayMillis(int count) {
        return count <= UNDELAYED
                ? 0
                : Math.min(FIRST_DELAY.toMillis() << (count - UNDELAYED - 1), MAX_DELAY.toMillis());
    }

    /// The network of an IPv6 address, because its owner can use all addresses of the network; any
    /// other address unchanged.
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
