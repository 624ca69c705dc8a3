package dev.oriel.account.system;

import dev.oriel.account.KeyPlace;
import dev.oriel.account.KeyStore;
import dev.oriel.account.OwnerFileKeyStore;
import dev.oriel.account.SecretText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps secrets in the key store of the operating system, and in the owner's file if that cannot
/// be used. Thread-safe. Nothing of the system is loaded before a secret is written, or read that
/// is not in the file. Each call returns within about half a minute, whatever the system does.
///
/// A secret in the file is newer than one of the same name in the system's store: it is written
/// there only if the system could not store it, and removed as soon as it can.
public final class SystemKeyStore implements KeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(SystemKeyStore.class);

    private final OwnerFileKeyStore file;
    private final String systemName;
    private final SystemSecrets.Opener opener;
    private final Limits limits;
    private final InstantSource clock;
    private final BoundedCalls calls = new BoundedCalls();

    private @Nullable SystemSecrets opened; // guarded by this
    private @Nullable String problem; // the last one; guarded by this
    private Instant notBefore = Instant.MIN; // the store is not tried; guarded by this

    /// How long is waited.
    ///
    /// @param open for the store to be opened, without the user
    /// @param call for a secret, also while the user is asked
    /// @param pause after a failure of the store as a whole
    record Limits(Duration open, Duration call, Duration pause) {
        static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(6), Duration.ofSeconds(20), Duration.ofSeconds(15));
    }

    /// @param file where secrets are otherwise
    /// @param systemName of the store, as in "in the Keychain of macOS"
    /// @param opener called with the first secret
    SystemKeyStore(
            OwnerFileKeyStore file,
            String systemName,
            SystemSecrets.Opener opener,
            Limits limits,
            InstantSource clock) {
        this.file = file;
        this.systemName = systemName;
        this.opener = opener;
        this.limits = limits;
        this.clock = clock;
    }

    /// What a call of the system's store does.
    private interface Action<T extends @Nullable Object> {
        T run(SystemSecrets secrets) throws IOException;
    }

    @Override
    public synchronized String kind() {
        return problem == null ? "os" : "file";
    }

    @Override
    public synchronized String description() {
        return problem == null
                ? "Keys are kept in %s; if it cannot be used, in a file that only your user can read."
                        .formatted(systemName)
                : "New keys are kept in a file that only your user can read, because %s cannot be used: %s."
                        .formatted(systemName, problem);
    }

    @Override
    public @Nullable SecretText read(String name) throws IOException {
        SecretText inFile = file.read(name);
        if (inFile != null) {
            return inFile;
        }
        try {
            return inSystem(s -> Optional.ofNullable(s.read(name)))
                    .map(SecretText::new)
                    .orElse(null);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public KeyPlace write(String name, SecretText secret) throws IOException {
        boolean inSystem;
        try {
            inSystem =
                    inSystem(s -> {
                        s.write(name, secret.reveal());
                        return secret.reveal().equals(s.read(name));
                    });
            if (!inSystem) {
                failed("it does not return what was stored", false);
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            inSystem = false;
        }
        if (!inSystem) {
            return file.write(name, secret);
        }
        // If this fails, the caller is told that nothing was stored, and the old one counts.
        file.remove(name);
        return KeyPlace.KEYCHAIN;
    }

    @Override
    public @Nullable KeyPlace move(String name) throws IOException {
        SecretText inFile = file.read(name);
        if (inFile != null) {
            return write(name, inFile);
        }
        return read(name) == null ? null : KeyPlace.KEYCHAIN;
    }

    @Override
    public void remove(String name) throws IOException {
        boolean wasInFile = file.read(name) != null;
        if (wasInFile) {
            file.remove(name);
        }
        try {
            inSystem(s -> {
                s.remove(name);
                return true;
            });
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            if (!wasInFile) {
                throw unusable(e);
            }
        }
    }

    private IOException unusable(IOException e) {
        return new IOException(
                "The key is in %s, which cannot be used: %s.".formatted(systemName, e.getMessage()),
                e);
    }

    private <T extends @Nullable Object> T inSystem(Action<T> action) throws IOException {
        SystemSecrets secrets = open();
        try {
            T result = calls.run(() -> action.run(secrets), limits.call(), secrets::cancel);
            succeeded();
            return result;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()), e instanceof BoundedCalls.NoAnswerException);
            throw e;
        }
    }

    private SystemSecrets open() throws IOException {
        synchronized (this) {
            if (clock.instant().isBefore(notBefore)) {
                throw new IOException(problem == null ? "it does not answer" : problem);
            }
            SystemSecrets known = opened;
            if (known != null) {
                return known;
            }
        }
        try {
            SystemSecrets secrets = calls.run(opener::open, limits.open(), () -> {});
            synchronized (this) {
                opened = secrets;
            }
            return secrets;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()), true);
            throw e;
        }
    }

    private synchronized void succeeded() {
        problem = null;
    }

    /// @param asAWhole whether other secrets will fail too
    private synchronized void failed(String why, boolean asAWhole) {
        if (!why.equals(problem)) {
            LOG.warn("{} cannot be used: {}", systemName, why);
        }
        problem = why;
        if (asAWhole) {
            notBefore = clock.instant().plus(limits.pause());
        }
    }
}
