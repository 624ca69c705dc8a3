package dev.oriel.client;

import java.io.IOException;

/// Where the token comes from. Asked anew for every request and every connection, so that a token
/// that was changed counts at the next attempt.
@FunctionalInterface
public interface TokenSource {
    /// The token, or an empty text where the server wants none. May read a small file; called on no
    /// FX thread.
    String token() throws IOException;
}
