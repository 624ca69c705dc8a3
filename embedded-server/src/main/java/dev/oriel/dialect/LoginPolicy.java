package dev.oriel.dialect;

import java.time.Duration;

/// How the clients of a server log in.
///
/// @param tokens checks the server's token
/// @param needsToken whether clients must present the token
/// @param within the maximum time between connecting and logging in
/// @param failedLogins counts wrong tokens and delays the replies to them
public record LoginPolicy(
        TokenCheck tokens, boolean needsToken, Duration within, FailedLogins failedLogins) {}
