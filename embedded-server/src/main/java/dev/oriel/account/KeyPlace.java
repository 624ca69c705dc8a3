package dev.oriel.account;

import java.util.Locale;

/// Where a key is.
public enum KeyPlace {
    /// In the key store of the operating system.
    KEYCHAIN,
    /// In a file that only its owner can read.
    FILE,
    /// In the environment of the server.
    ENVIRONMENT;

    /// The name in the protocol and in files.
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
