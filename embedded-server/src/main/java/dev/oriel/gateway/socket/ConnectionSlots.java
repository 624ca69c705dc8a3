package dev.oriel.gateway.socket;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Limits the number of connections. Authenticated and unauthenticated ones are counted apart, so
/// that unauthenticated connections, however many, never take the slot of a client.
///
/// A connection may be about to authenticate. Therefore each accepted one has a moment to do it.
/// Where there are too many, the oldest unauthenticated one of the address that has the most is
/// closed. There is no limit for an address: behind a proxy or a tunnel all clients have the same.
///
/// Any thread may call it.
public final class ConnectionSlots {
    /// How long an unauthenticated connection keeps its slot. Clients that connect at the same time
    /// may be slow to send something.
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final int maxAuthenticated;
    private final int maxUnauthenticated;
    private final Set<SlotHolder> authenticated = new HashSet<>(); // guarded by this
    private final Map<InetAddress, Set<SlotHolder>> unauthenticated =
            new HashMap<>(); // guarded by this; oldest first
    private int unauthenticatedCount; // guarded by this: of all addresses

    /// A connection.
    interface SlotHolder {
        InetAddress address();

        /// When it was accepted, by the monotonic clock.
        long acceptedAt();

        /// Whether a reply is being made or written, so that others should be closed before it.
        boolean isReplying();
    }

    /// @param authenticated maximum of authenticated connections
    /// @param unauthenticated maximum of unauthenticated connections
    public ConnectionSlots(int authenticated, int unauthenticated) {
        this.maxAuthenticated = authenticated;
        this.maxUnauthenticated = unauthenticated;
    }

    /// Whether another connection can be accepted without closing one that has just been accepted.
    /// Until then it waits in the backlog of the system.
    ///
    /// @param now by the monotonic clock
    synchronized boolean hasRoom(long now) {
        if (unauthenticatedCount < maxUnauthenticated) {
            return true;
        }
        SlotHolder next = oldest(largest(), null);
        return next != null && now - next.acceptedAt() >= GRACE_NANOS;
    }

    /// Adds an accepted connection.
    synchronized void add(SlotHolder holder) {
        unauthenticated.computeIfAbsent(holder.address(), _ -> new LinkedHashSet<>()).add(holder);
        unauthenticatedCount++;
    }

    /// The connection to close, if there are too many unauthenticated ones.
    ///
    /// @param latest is closed only if there is no other
    synchronized @Nullable SlotHolder findSurplus(SlotHolder latest) {
        return unauthenticatedCount > maxUnauthenticated ? oldest(largest(), latest) : null;
    }

    /// The connection to close if the system has no more resources.
    synchronized @Nullable SlotHolder findEvictable() {
        return unauthenticatedCount == 0 ? null : largest().iterator().next();
    }

    private Set<SlotHolder> largest() {
        Set<SlotHolder> largest = Set.of();
        for (Set<SlotHolder> each : unauthenticated.values()) {
            if (each.size() > largest.size()) {
                largest = each;
            }
        }
        return largest;
    }

    /// The oldest that is not being replied to. If all are, the oldest: a reply may take any time,
    /// and the next connection may be a client's.
    private static @Nullable SlotHolder oldest(Set<SlotHolder> of, @Nullable SlotHolder latest) {
        for (SlotHolder each : of) {
            if (!each.equals(latest) && !each.isReplying()) {
                return each;
            }
        }
        return of.isEmpty() ? null : of.iterator().next();
    }

    /// Counts a connection as authenticated from now on.
    ///
    /// @return false if there is no slot for it, or it was removed; it stays what it was
    synchronized boolean admit(SlotHolder holder) {
        if (authenticated.contains(holder)) {
            return true;
        }
        if (authenticated.size() >= maxAuthenticated || !removeUnauthenticated(holder)) {
            return false;
        }
        return authenticated.add(holder);
    }

    /// Removes a closed connection.
    synchronized void remove(SlotHolder holder) {
        if (!authenticated.remove(holder)) {
            removeUnauthenticated(holder);
        }
    }

    private boolean removeUnauthenticated(SlotHolder holder) {
        Set<SlotHolder> same = unauthenticated.get(holder.address());
        if (same == null || !same.remove(holder)) {
            return false;
        }
        unauthenticatedCount--;
        if (same.isEmpty()) {
            unauthenticated.remove(holder.address());
        }
        return true;
    }

    /// The number of connections.
    public synchronized int count() {
        return authenticated.size() + unauthenticatedCount;
    }
}
