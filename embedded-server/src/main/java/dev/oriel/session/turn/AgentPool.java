package dev.oriel.session.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// How many agents may run at once. When all places are taken, an idle session gives up its agent
/// for one that waits: it can resume at any time.
public final class AgentPool {
    private final int places;
    private final Set<Member> members = new LinkedHashSet<>(); // guarded by this; oldest use first
    private final Deque<Member> waiting = new ArrayDeque<>(); // guarded by this

    public AgentPool(int places) {
        this.places = places;
    }

    /// What has or wants an agent. Its methods may be called on any thread and only post to its own
    /// lane.
    interface Member {
        /// Give up the agent if nothing runs.
        void stopIfIdle();

        /// There is a place: [#acquire] again, or [#release] if there is no use for it any more, so
        /// that the next one hears of it.
        void onPlaceFree();
    }

    /// @return whether the tenant may start its agent; otherwise it is told later
    synchronized boolean acquire(Member tenant) {
        if (members.remove(tenant) || members.size() < places) {
            members.add(tenant);
            waiting.remove(tenant);
            return true;
        }
        if (!waiting.contains(tenant)) {
            waiting.add(tenant);
        }
        members.forEach(Member::stopIfIdle);
        return false;
    }

    /// Gives a place back, or the wish for one; the next one that waits is told.
    synchronized void release(Member tenant) {
        waiting.remove(tenant);
        members.remove(tenant);
        if (members.size() < places) {
            Member next = waiting.poll();
            if (next != null) {
                next.onPlaceFree();
            }
        }
    }

    /// Called when a tenant's turn is over: it may be the one that somebody waits for.
    synchronized void onIdle(Member tenant) {
        if (!waiting.isEmpty() && members.contains(tenant)) {
            tenant.stopIfIdle();
        }
    }

    public synchronized int running() {
        return members.size();
    }
}
