package dev.oriel.dialect;

import dev.oriel.journal.Journal;
import dev.oriel.session.Sessions;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/// The objects that all dialects of a server share. They outlive every connection.
///
/// @param tokens checks the server's token
/// @param needsToken whether clients must present the token
/// @param timer for deadlines; its tasks must be short
/// @param loginWithin the maximum time between connecting and logging in
/// @param failedLogins delays the replies to wrong tokens
/// @param queries counts the clients' queries
/// @param sending limits the memory of unsent data of all clients
/// @param onLoopback whether the port accepts connections from this machine only
public record DialectContext(
        Sessions sessions,
        Journal journal,
        TokenCheck tokens,
        boolean needsToken,
        ScheduledExecutorService timer,
        Duration loginWithin,
        FailedLogins failedLogins,
        QueryMeter queries,
        SendBudget sending,
        boolean onLoopback) {

    /// A copy for another port.
    public DialectContext withLoopback(boolean loopback) {
        return new DialectContext(
                sessions,
                journal,
                tokens,
                needsToken,
                timer,
                loginWithin,
                failedLogins,
                queries,
                sending,
                loopback);
    }

    /// The login rules of a dialect whose clients present the server's token.
    ///
    /// @param code close code after a failed login
    /// @param reason close reason after a failed login
    public LoginGate.Terms loginTerms(int code, String reason) {
        return new LoginGate.Terms(tokens, timer, loginWithin, failedLogins, code, reason);
    }
}
