package dev.oriel.client;

import java.io.IOException;

/// Provides the token. It is read for every request and every connection, so that a changed token
/// counts from the next attempt on.
@FunctionalInterface
public interface TokenSource {
    /// Reads the token. Called on a thread that may block, never on the client's lane.
    ///
    /// @return empty if the server requires none
    /// @throws IOException if it cannot be read
    String token() throws IOException;
}
