package dev.oriel.app;

import dev.oriel.app.server.ConnectLink;

/// What the window shows first, or what a further start asks of the window that runs.
sealed interface StartupAction {

    /// The session that was open last; in a window that runs, whatever it shows.
    record RestoreLastSession() implements StartupAction {}

    record NewSession() implements StartupAction {}

    /// Where the server listens.
    record ShowServer() implements StartupAction {}

    /// The form for another server, filled in and not sent.
    record ShowConnectForm(ConnectLink link) implements StartupAction {}

    /// A link that was refused.
    ///
    /// @param reason why, for the person
    record RejectLink(String reason) implements StartupAction {}
}
