package dev.oriel.app;

import dev.oriel.app.server.ConnectLink;

/// What the window shows first, or what a further start asks of the window that runs.
sealed interface Opening {

    /// The session that was open last; in a window that runs, whatever it shows.
    record AsLeft() implements Opening {}

    record NewSession() implements Opening {}

    /// Where the server listens.
    record OwnServer() implements Opening {}

    /// The form for another server, filled in and not sent.
    record Connect(ConnectLink link) implements Opening {}

    /// A link that was refused.
    ///
    /// @param words why, for the person
    record Refused(String words) implements Opening {}
}
