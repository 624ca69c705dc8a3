package dev.oriel.app.server;

import dev.oriel.client.ConnectionTarget;
import dev.oriel.client.ServerClient;
import dev.oriel.client.TokenSource;

/// The window's connection to the server that it shows. Belongs to the JavaFX thread.
public interface WindowConnection {
    /// Leaves the server before, connects to another, and goes on trying if it does not answer.
    void connect(ConnectionTarget server, TokenSource token);

    /// Leaves the server before for one that has answered already.
    ///
    /// @param server belongs to the connection from now on, which closes it
    void switchTo(ServerClient server);

    /// Tries the connection again at once.
    void reconnect();

    /// Leaves the server and connects to no other.
    ///
    /// @param why one sentence for the user
    void disconnect(String why);
}
