package dev.oriel.gateway.socket;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How many connections there may be. Those that have shown a token and those that have not are
/// counted apart, so that strangers, however many, never take the place of a client.
///
/// A stranger may be about to show a token. So each one that was accepted has a moment to do it;
/// where there are too many, the one that has been a stranger for the longest time goes, of the
/// address that has the most. There is no fixed number for an address: behind a proxy or a tunnel
/// all clients have the same one.
///
/// Any thread may call it.
public final class ConnectionSlots {
    /// How long a stranger keeps its place. Clients that come all at once may be slow to speak.
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final int maxClients;
    private final int maxStrangers;
    private final Set<SlotHolder> clients = new HashSet<>(); // guarded by this
    private final Map<InetAddress, Set<SlotHolder>> strangers = new HashMap<>(); // guarded by this
    private int strangersInAll; // guarded by this

    /// Who takes a place.
    interface SlotHolder {
        InetAddress address();

        /// When it was accepted, by the clock that only goes forward.
        long acceptedAt();

        /// Whether it is about to be answered, and should not be sent away if another can.
        boolean isReplying();
    }

    /// @param clients with the token
    /// @param strangers without
    public ConnectionSlots(int clients, int strangers) {
        this.maxClients = clients;
        this.maxStrangers = strangers;
    }

    /// Whether another stranger can come without one that has just come going for it. Until then it
    /// waits where the system keeps those that are not accepted yet.
    ///
    /// @param now by the clock that only goes forward
    synchronized boolean hasRoom(long now) {
        if (strangersInAll < maxStrangers) {
            return true;
        }
        SlotHolder next = oldest(largest(), null);
        return next != null && now - next.acceptedAt() >= GRACE_NANOS;
    }

    /// A stranger has come.
    synchronized void add(SlotHolder guest) {
        strangers.computeIfAbsent(guest.address(), _ -> new LinkedHashSet<>()).add(guest);
        strangersInAll++;
    }

    /// Who must go where there are too many strangers.
    ///
    /// @param latest who goes last
    synchronized @Nullable SlotHolder findSurplus(SlotHolder latest) {
        return strangersInAll > maxStrangers ? oldest(largest(), latest) : null;
    }

    /// Who may go where nothing else is left.
    synchronized @Nullable SlotHolder findEvictable() {
        return strangersInAll == 0 ? null : largest().iterator().next();
    }

    private Set<SlotHolder> largest() {
        Set<SlotHolder> largest = Set.of();
        for (Set<SlotHolder> each : strangers.values()) {
            if (each.size() > largest.size()) {
                largest = each;
            }
        }
        return largest;
    }

    /// One that is being answered goes last: but an answer may take as long as it wants, and
    /// whoever comes may be a client.
    private static @Nullable SlotHolder oldest(Set<SlotHolder> of, @Nullable SlotHolder latest) {
        for (SlotHolder each : of) {
            if (!each.equals(latest) && !each.isReplying()) {
                return each;
            }
        }
        return of.isEmpty() ? null : of.iterator().next();
    }

    /// A stranger has shown a token.
    ///
    /// @return false if there is no place for it; it is then what it was
    synchronized boolean admit(SlotHolder guest) {
        if (clients.contains(guest)) {
            return true;
        }
        if (clients.size() >= maxClients || !removeStranger(guest)) {
            return false;
        }
        return clients.add(guest);
    }

    synchronized void remove(SlotHolder guest) {
        if (!clients.remove(guest)) {
            removeStranger(guest);
        }
    }

    private boolean removeStranger(SlotHolder guest) {
        Set<SlotHolder> same = strangers.get(guest.address());
        if (same == null || !same.remove(guest)) {
            return false;
        }
        strangersInAll--;
        if (same.isEmpty()) {
            strangers.remove(guest.address());
        }
        return true;
    }

    /// How many there are.
    public synchronized int count() {
        return clients.size() + strangersInAll;
    }

    synchronized List<SlotHolder> all() {
        List<SlotHolder> all = new ArrayList<>(clients);
        strangers.values().forEach(all::addAll);
        return all;
    }
}
