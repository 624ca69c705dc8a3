package dev.oriel.account;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Stores secrets by name. Thread-safe. Methods may block for seconds: the operating system can ask
/// the user.
public interface KeyStore {
    /// `os` for the key store of the operating system, `file` for a file.
    String kind();

    /// Where secrets are kept, a sentence for the user. Does not block.
    String description();

    /// @return null if there is none of that name
    /// @throws IOException if the store cannot be read; the message is for the user
    @Nullable SecretText read(String name) throws IOException;

    /// Replaces a secret of that name.
    ///
    /// @return where it is now
    /// @throws IOException if it cannot be stored; the message is for the user
    KeyPlace write(String name, SecretText secret) throws IOException;

    /// Moves a secret to where new ones are kept, if it is elsewhere. It is never lost: it stays
    /// where it was until it is readable at the new place.
    ///
    /// @return where it is now; null if there is none of that name
    /// @throws IOException if it cannot be read; the message is for the user
    @Nullable KeyPlace move(String name) throws IOException;

    /// Does nothing if there is none of that name.
    ///
    /// @throws IOException if it cannot be removed; the message is for the user
    void remove(String name) throws IOException;
}
