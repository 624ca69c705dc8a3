package dev.oriel.account.system;

import dev.oriel.account.KeyStore;
import dev.oriel.account.OwnerFileKeyStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/// The key stores of servers.
public final class KeyStores {
    private KeyStores() {}

    /// In a file of the data folder.
    public static KeyStore file(Path dataFolder) {
        return ownerFile(dataFolder);
    }

    /// In the key store of the operating system, and in a file of the data folder where there is
    /// none. Loads nothing of the system, and does not block.
    ///
    /// @param environment of this process: on Linux it says whether there is a session of a
    ///   desktop; `ORIEL_KEY_STORE` is `file` if the file is preferred
    public static KeyStore system(Path dataFolder, Map<String, String> environment) {
        return system(dataFolder, environment, SystemKeyStore.Limits.DEFAULT);
    }

    static KeyStore system(
            Path dataFolder, Map<String, String> environment, SystemKeyStore.Limits limits) {
        if (environment.getOrDefault("ORIEL_KEY_STORE", "").strip().equals("file")) {
            return ownerFile(dataFolder);
        }
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            return store(
                    dataFolder,
                    "the Credential Manager of Windows",
                    CredentialManagerSecrets::open,
                    limits);
        }
        if (os.contains("mac")) {
            return store(dataFolder, "the Keychain of macOS", KeychainSecrets::open, limits);
        }
        return hasSessionBus(environment)
                ? store(
                        dataFolder,
                        "the key store of the desktop (Secret Service)",
                        SecretServiceSecrets::open,
                        limits)
                : ownerFile(dataFolder);
    }

    /// Without a session bus the library would start one.
    private static boolean hasSessionBus(Map<String, String> environment) {
        if (!environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isBlank()) {
            return true;
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        try {
            return !runtime.isBlank() && Files.exists(Path.of(runtime, "bus"));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static KeyStore store(
            Path dataFolder,
            String systemName,
            SystemSecrets.Opener opener,
            SystemKeyStore.Limits limits) {
        return new SystemKeyStore(
                ownerFile(dataFolder), systemName, opener, limits, InstantSource.system());
    }

    private static OwnerFileKeyStore ownerFile(Path dataFolder) {
        return new OwnerFileKeyStore(dataFolder.resolve("keys.json"));
    }
}
