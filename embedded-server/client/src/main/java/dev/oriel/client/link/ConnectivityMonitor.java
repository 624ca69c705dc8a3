package dev.oriel.client.link;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Detects what makes an early attempt to reconnect worthwhile: another network, or the end of
/// sleep. Confined to the lane.
public final class ConnectivityMonitor {
    /// How often a connection that waits polls.
    static final Duration PERIOD = Duration.ofSeconds(2);

    /// The monotonic clock stops while the computer sleeps, the wall clock does not. Smaller
    /// differences are adjustments of the clock.
    private static final Duration MIN_SLEEP = Duration.ofSeconds(5);

    private final Supplier<Set<String>> addresses;
    private final Clock clock;
    private final LongSupplier nanos;

    private Set<String> before;
    private Instant wall;
    private long monotonic;

    /// @param addresses the addresses of this computer's interfaces that are up
    ConnectivityMonitor(Supplier<Set<String>> addresses, Clock clock, LongSupplier nanos) {
        this.addresses = addresses;
        this.clock = clock;
        this.nanos = nanos;
        this.before = addresses.get();
        this.wall = clock.instant();
        this.monotonic = nanos.getAsLong();
    }

    /// A monitor of this computer.
    public static ConnectivityMonitor ofSystem(Clock clock) {
        return new ConnectivityMonitor(
                ConnectivityMonitor::systemAddresses, clock, System::nanoTime);
    }

    /// Whether the network changed or the computer woke up since the last call.
    boolean hasChanged() {
        Set<String> now = addresses.get();
        Instant wallNow = clock.instant();
        long monotonicNow = nanos.getAsLong();
        Duration asleep = Duration.between(wall, wallNow).minusNanos(monotonicNow - monotonic);
        // A new network is a reason to connect, a lost one is not.
        boolean other = !before.containsAll(now);
        before = now;
        wall = wallNow;
        monotonic = monotonicNow;
        return other || asleep.compareTo(MIN_SLEEP) > 0;
    }

    private static Set<String> systemAddresses() {
        Set<String> all = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .filter(ConnectivityMonitor::counts)
                    .forEach(i -> i.inetAddresses().forEach(a -> all.add(a.getHostAddress())));
        } catch (SocketException _) {
            // Then only the delays of the policy apply.
        }
        return all;
    }

    private static boolean counts(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (SocketException _) {
            return false;
        }
    }
}
