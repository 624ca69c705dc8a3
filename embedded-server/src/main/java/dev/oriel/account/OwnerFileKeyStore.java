package dev.oriel.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Keeps secrets in a file that only the owner can read. It is read anew for each question, so that
/// a key that was replaced counts at once.
public final class OwnerFileKeyStore implements KeyStore {
    private final PrivateJsonFile file;

    /// @param file created with the first secret
    public OwnerFileKeyStore(Path file) {
        this.file = new PrivateJsonFile(file, "keys");
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public String description() {
        return "Keys are kept in a file that only your user can read.";
    }

    @Override
    public synchronized @Nullable SecretText read(String name) throws IOException {
        String value = file.read().path(name).textValue();
        return value == null ? null : new SecretText(value);
    }

    @Override
    public synchronized KeyPlace write(String name, SecretText secret) throws IOException {
        ObjectNode all = file.read();
        all.put(name, secret.reveal());
        file.write(all);
        return KeyPlace.FILE;
    }

    @Override
    public @Nullable KeyPlace move(String name) throws IOException {
        return read(name) == null ? null : KeyPlace.FILE;
    }

    @Override
    public synchronized void remove(String name) throws IOException {
        ObjectNode all = file.read();
        if (all.remove(name) != null) {
            file.write(all);
        }
    }
}
