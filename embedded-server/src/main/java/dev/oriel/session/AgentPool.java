package dev.oriel.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// How many agents may run at once. When all places are taken, an idle session gives up its agent
/// for one that waits: it can resume at any time.
final class AgentPool {
    private final int places;
    private final Set<Tenant> tenants = new LinkedHashSet<>(); // guarded by this; oldest use first
    private final Deque<Tenant> waiting = new ArrayDeque<>(); // guarded by this

    AgentPool(int places) {
        this.places = places;
    }

    /// What has or wants an agent. Its methods may be called on any thread and only post to its own
    /// lane.
    interface Tenant {
        /// Give up the agent if nothing runs.
        void leaveIfIdle();

        /// There is a place: [#enter] again, or [#leave] if there is no use for it any more, so
        /// that the next one hears of it.
        void placeFree();
    }

    /// @return whether the tenant may start its agent; otherwise it is told later
    synchronized boolean enter(Tenant tenant) {
        if (tenants.remove(tenant) || tenants.size() < places) {
            tenants.add(tenant);
            waiting.remove(tenant);
            return true;
        }
        if (!waiting.contains(tenant)) {
            waiting.add(tenant);
        }
        tenants.forEach(Tenant::leaveIfIdle);
        return false;
    }

    /// Gives a place back, or the wish for one; the next one that waits is told.
    synchronized void leave(Tenant tenant) {
        waiting.remove(tenant);
        tenants.remove(tenant);
        if (tenants.size() < places) {
            Tenant next = waiting.poll();
            if (next != null) {
                next.placeFree();
            }
        }
    }

    /// Called when a tenant's turn is over: it may be the one that somebody waits for.
    synchronized void idle(Tenant tenant) {
        if (!waiting.isEmpty() && tenants.contains(tenant)) {
            tenant.leaveIfIdle();
        }
    }

    synchronized int running() {
        return tenants.size();
    }
}
