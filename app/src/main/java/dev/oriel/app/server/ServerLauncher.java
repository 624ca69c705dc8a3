package dev.oriel.app.server;

import java.io.IOException;
import java.util.List;

/// Starts a server in the window's process.
public interface ServerLauncher {
    /// Starts a server on the loopback interface. Blocks: do not call it on the JavaFX thread.
    ///
    /// @param port 0 for any free port
    /// @throws java.net.BindException if the port is in use
    /// @throws IOException if the server cannot be started; the message is for the user
    Running start(int port) throws IOException;

    /// A running server. Thread-safe.
    interface Running extends AutoCloseable {
        int port();

        /// The current token.
        String token();

        /// The number of connections, including those of this window.
        int clients();

        /// The display names of the sessions with a running turn.
        List<String> busySessions();

        /// Stops the server and its agents. Blocks for up to a few seconds.
        @Override
        void close();
    }
}
