package dev.oriel.dialect;

import dev.oriel.journal.Journal;
import dev.oriel.session.Sessions;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/// What every dialect of a server works with. All of it is shared and outlives every connection.
///
/// @param tokens tells the server's own token
/// @param needsToken whether clients must show it
/// @param timer for deadlines; its tasks must be short
/// @param loginWithin how long a client may take to log in
/// @param failedLogins slows down who tries tokens
/// @param queries counts what clients ask
/// @param sending what may wait to be sent to all clients
/// @param onLoopback whether the port can be reached from this machine alone
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

    /// The same at another port.
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

    /// How clients of a dialect log in with the server's token.
    ///
    /// @param code close code for one that does not
    /// @param reason its text
    public LoginGate.Terms loginTerms(int code, String reason) {
        return new LoginGate.Terms(tokens, timer, loginWithin, failedLogins, code, reason);
    }
}
