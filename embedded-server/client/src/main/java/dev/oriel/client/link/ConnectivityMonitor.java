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

/// Notices what makes an early attempt to reconnect worth while: another network, or the computer
/// waking up. Not thread-safe: its link's lane owns it.
public final class ConnectivityMonitor {
    /// How often a link that waits asks.
    static final Duration PERIOD = Duration.ofSeconds(2);

    /// The monotonic clock stands still while the computer sleeps; the wall clock does not. Smaller
    /// differences are corrections of the clock.
    private static final Duration SLEPT = Duration.ofSeconds(5);

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
        // A network that went away is no reason to try; one that came is.
        boolean other = !before.containsAll(now);
        before = now;
        wall = wallNow;
        monotonic = monotonicNow;
        return other || asleep.compareTo(SLEPT) > 0;
    }

    private static Set<String> systemAddresses() {
        Set<String> all = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .filter(ConnectivityMonitor::counts)
                    .forEach(i -> i.inetAddresses().forEach(a -> all.add(a.getHostAddress())));
        } catch (SocketException _) {
            // Without a list of interfaces only the growing pauses are left.
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
