package dev.oriel.session.state;

/// What a session has cost, in US dollars. Confined to the lane.
///
/// The `total_cost_usd` of a `result` counts per process. Since 2.1.329 a resumed process continues
/// from the conversation's saved total; older versions start at 0.
final class SessionCost {
    private double total;

    /// The total that the running agent has reported.
    private double totalOfAgent;

    /// @param stored what the session has cost before
    SessionCost(double stored) {
        total = stored;
    }

    double total() {
        return total;
    }

    /// A new agent starts: its total counts from zero.
    void resetAgent() {
        totalOfAgent = 0;
    }

    /// @param reported total of the running agent
    void update(double reported) {
        if (totalOfAgent == 0 && total > 0 && reported >= total) {
            total = reported;
        } else if (reported >= totalOfAgent) {
            total += reported - totalOfAgent;
        } else {
            total += reported; // the total was reset within the process, as by /clear
        }
        totalOfAgent = reported;
    }
}
