package dev.oriel.app.server;

import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.ServerClient;
import dev.oriel.client.TokenSource;

/// The window's connection to a server. Confined to the JavaFX thread.
public interface WindowConnection {
    /// The window's own server is starting: [#connect] or [#disconnect] follows. What the user
    /// sends to a new session until then waits. Without effect while there is a connection.
    void expect();

    /// Disconnects from the current server and connects to another. Keeps trying if that server
    /// does not respond.
    void connect(ConnectionTarget server, TokenSource token);

    /// Disconnects from the current server and uses a client that is already connected.
    ///
    /// @param server the client; this connection owns and closes it
    void switchTo(ServerClient server);

    /// Tries to connect again immediately.
    void reconnect();

    /// Disconnects from the current server.
    ///
    /// @param why one sentence for the user
    void disconnect(String why);
}
