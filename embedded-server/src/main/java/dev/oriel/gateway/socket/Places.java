package dev.oriel.gateway.socket;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How many connections there may be. Those that have shown a token and those that have not are
/// counted apart, so that strangers, however many, never take the place of a client.
///
/// A stranger is always accepted, as it may be about to show a token; where there are too many, the
/// one that has been a stranger for the longest time goes, of the address that has the most.
///
/// Any thread may call it.
public final class Places {
    private final int maxClients;
    private final int maxStrangers;
    private final int maxOfAddress;
    private final Set<Guest> clients = new HashSet<>(); // guarded by this
    private final Map<InetAddress, Set<Guest>> strangers = new HashMap<>(); // guarded by this
    private int strangersInAll; // guarded by this

    /// Who takes a place.
    interface Guest {
        InetAddress address();

        /// Whether it is about to be answered, and should not be sent away if another can.
        boolean isBeingAnswered();
    }

    /// @param clients with the token
    /// @param strangers without
    /// @param ofAddress strangers of one address
    public Places(int clients, int strangers, int ofAddress) {
        this.maxClients = clients;
        this.maxStrangers = strangers;
        this.maxOfAddress = ofAddress;
    }

    /// A stranger has come.
    ///
    /// @return who must go for it
    synchronized @Nullable Guest arrived(Guest guest) {
        Set<Guest> same = strangers.computeIfAbsent(guest.address(), _ -> new LinkedHashSet<>());
        same.add(guest);
        strangersInAll++;
        if (same.size() > maxOfAddress) {
            return oldest(same, guest);
        }
        return strangersInAll > maxStrangers ? oldest(largest(), guest) : null;
    }

    /// Who may go where nothing else is left.
    synchronized @Nullable Guest leastWanted() {
        return strangersInAll == 0 ? null : largest().iterator().next();
    }

    private Set<Guest> largest() {
        Set<Guest> largest = Set.of();
        for (Set<Guest> each : strangers.values()) {
            if (each.size() > largest.size()) {
                largest = each;
            }
        }
        return largest;
    }

    /// One that is being answered goes last: but an answer may take as long as it wants, and
    /// whoever comes may be a client.
    private static Guest oldest(Set<Guest> of, Guest latest) {
        for (Guest each : of) {
            if (!each.equals(latest) && !each.isBeingAnswered()) {
                return each;
            }
        }
        return of.iterator().next();
    }

    /// A stranger has shown a token.
    ///
    /// @return false if there is no place for it; it is then what it was
    synchronized boolean admit(Guest guest) {
        if (clients.contains(guest)) {
            return true;
        }
        if (clients.size() >= maxClients || !removeStranger(guest)) {
            return false;
        }
        return clients.add(guest);
    }

    synchronized void left(Guest guest) {
        if (!clients.remove(guest)) {
            removeStranger(guest);
        }
    }

    private boolean removeStranger(Guest guest) {
        Set<Guest> same = strangers.get(guest.address());
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
    public synchronized int taken() {
        return clients.size() + strangersInAll;
    }

    synchronized List<Guest> all() {
        List<Guest> all = new ArrayList<>(clients);
        strangers.values().forEach(all::addAll);
        return all;
    }
}
