package dev.oriel.session.state;

/// What a session has cost, in US dollars. Confined to the lane.
///
/// The `total_cost_usd` of a `result` counts per process. Since 2.1.329 a process that resumes or
/// branches a conversation continues from that conversation's saved total, also if the conversation
/// was not this session's then; older versions start at 0.
final class SessionCost {
    private double total;

    /// What the conversation had cost before it became this session's.
    private double earlier;

    /// The total that the running agent has reported.
    private double totalOfAgent;

    private boolean mayContinue;

    /// @param stored what the session has cost before
    /// @param earlier what the conversation had cost before it became this session's
    SessionCost(double stored, double earlier) {
        total = stored;
        this.earlier = earlier;
    }

    double total() {
        return total;
    }

    double earlier() {
        return earlier;
    }

    /// A new agent starts.
    ///
    /// @param continues whether it continues a conversation, so that its total may include what
    ///   that has cost before
    void resetAgent(boolean continues) {
        totalOfAgent = 0;
        mayContinue = continues;
    }

    /// @param reported total of the running agent
    /// @param shareOfTurn which part of it the last turn has cost, as far as its tokens tell
    void update(double reported, double shareOfTurn) {
        double known = total + earlier;
        if (totalOfAgent == 0 && known > 0 && reported >= known) {
            total = reported - earlier;
        } else if (totalOfAgent == 0 && known == 0 && mayContinue) {
            total = reported * shareOfTurn;
            earlier = reported - total;
        } else if (reported >= totalOfAgent) {
            total += reported - totalOfAgent;
        } else {
            total += reported; // the total was reset within the process, as by /clear
        }
        totalOfAgent = reported;
    }
}
