package dev.oriel.app;

import dev.oriel.app.server.ConnectLink;

/// What the window shows first, or what a further start of the program requests of the open window.
sealed interface StartupAction {

    /// Opens the last session; an open window shows what it shows already.
    record RestoreLastSession() implements StartupAction {}

    record NewSession() implements StartupAction {}

    /// Starts the window's server and shows where it listens.
    record ShowServer() implements StartupAction {}

    /// Shows the form for another server, filled in. Nothing is connected.
    record ShowConnectForm(ConnectLink link) implements StartupAction {}

    /// Shows why a link was not opened.
    ///
    /// @param reason for the user
    record RejectLink(String reason) implements StartupAction {}
}
