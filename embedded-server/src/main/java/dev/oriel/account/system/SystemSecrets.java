package dev.oriel.account.system;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The key store of an operating system. All methods except [#cancel] are called by one thread at a
/// time, and may block for as long as the user leaves a dialog open.
interface SystemSecrets {
    /// The service, or its part of a name, under which Oriel's secrets are stored.
    String SERVICE = "dev.oriel";

    /// Opens the store.
    interface Opener {
        /// Loads the system's library and finds out whether the store answers. Shows no dialog.
        ///
        /// @throws IOException if it cannot be used; the message is for the user
        SystemSecrets open() throws IOException;
    }

    /// @return null if there is none of that name, or the user has denied access to it
    /// @throws IOException if the store cannot be read; the message is for the user
    @Nullable String read(String name) throws IOException;

    /// Replaces a secret of that name.
    ///
    /// @throws IOException if it cannot be stored; the message is for the user
    void write(String name, String secret) throws IOException;

    /// Does nothing if there is none of that name.
    ///
    /// @throws IOException if it cannot be removed; the message is for the user
    void remove(String name) throws IOException;

    /// Ends the call that another thread is in, if the system can do that.
    default void cancel() {}
}
