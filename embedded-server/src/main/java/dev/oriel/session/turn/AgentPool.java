package dev.oriel.session.turn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// Limits how many agents run at once. If all places are taken and a session waits, all idle
/// sessions give up their agents: the pool does not know which ones are idle. They can resume at
/// any time. Any thread.
public final class AgentPool {
    private final int places;
    private final Set<Member> members = new LinkedHashSet<>(); // guarded by this
    private final Deque<Member> waiting = new ArrayDeque<>(); // guarded by this

    public AgentPool(int places) {
        this.places = places;
    }

    /// A session that has or wants an agent. Its methods may be called on any thread and only post
    /// to the session's lane.
    interface Member {
        /// Stops the agent if it has no work.
        void stopIfIdle();

        /// There is a place: call [#acquire] again or, if it is not needed any more, [#release], so
        /// that the next one gets it.
        void onPlaceFree();
    }

    /// Takes a place.
    ///
    /// @return false if none is free; [Member#onPlaceFree()] follows
    synchronized boolean acquire(Member member) {
        if (members.remove(member) || members.size() < places) {
            members.add(member);
            waiting.remove(member);
            return true;
        }
        if (!waiting.contains(member)) {
            waiting.add(member);
        }
        members.forEach(Member::stopIfIdle);
        return false;
    }

    /// Gives back a place, or stops waiting for one. The next member that waits is notified.
    synchronized void release(Member member) {
        waiting.remove(member);
        members.remove(member);
        if (members.size() < places) {
            Member next = waiting.poll();
            if (next != null) {
                next.onPlaceFree();
            }
        }
    }

    /// A member's agent has no work: it is stopped if another one waits.
    synchronized void onIdle(Member member) {
        if (!waiting.isEmpty() && members.contains(member)) {
            member.stopIfIdle();
        }
    }

    /// The places that are taken: by agents, and by sessions that are about to start one.
    public synchronized int taken() {
        return members.size();
    }
}
