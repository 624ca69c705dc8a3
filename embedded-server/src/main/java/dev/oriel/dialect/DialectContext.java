package dev.oriel.dialect;

import dev.oriel.journal.Journal;
import dev.oriel.session.Sessions;
import java.util.concurrent.ScheduledExecutorService;

/// The objects that all dialects of a server share. They outlive every connection.
///
/// @param login how clients log in
/// @param timer for deadlines; its tasks must be short
/// @param queries counts the clients' queries
/// @param sending limits the memory of unsent data of all clients
/// @param maxMessage bytes of the longest message that the server accepts
/// @param onLoopback whether the port accepts connections from this machine only
public record DialectContext(
        Sessions sessions,
        Journal journal,
        LoginPolicy login,
        ScheduledExecutorService timer,
        QueryMeter queries,
        SendBudget sending,
        int maxMessage,
        boolean onLoopback) {

    /// A copy for another port.
    public DialectContext withLoopback(boolean loopback) {
        return new DialectContext(
                sessions, journal, login, timer, queries, sending, maxMessage, loopback);
    }

    /// The login rules of a dialect whose clients present the server's token.
    ///
    /// @param code close code after a failed login
    /// @param reason close reason after a failed login
    public LoginGate.Terms loginTerms(int code, String reason) {
        return new LoginGate.Terms(login.tokens(), timer, login, code, reason);
    }
}
