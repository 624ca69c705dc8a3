package dev.oriel.app.server;

import java.io.IOException;
import java.util.List;

/// Starts the server that runs inside the window's process.
public interface ServerLauncher {
    /// Starts it on loopback. Takes a moment: not for the JavaFX thread.
    ///
    /// @param port 0 for any that is free
    /// @throws java.net.BindException if the port is taken
    /// @throws IOException if it cannot be started; the message is for a person
    Running start(int port) throws IOException;

    /// A server that runs.
    interface Running extends AutoCloseable {
        int port();

        /// The token as it is now.
        String token();

        /// How many clients are connected, this window included.
        int clients();

        /// The sessions that an agent works on right now, each named for the user.
        List<String> busySessions();

        /// Ends it and the agents it runs; takes up to a few seconds.
        @Override
        void close();
    }
}
