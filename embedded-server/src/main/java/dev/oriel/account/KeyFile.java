package dev.oriel.account;

import dev.oriel.platform.FileRights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A secret in a file that the operator has written. Read whenever it is needed, so that a new key
/// counts at once.
///
/// @param file its first line is the secret
public record KeyFile(Path file) implements FixedAccount.SecretSource {
    private static final int MAX_BYTES = 16_384;

    /// @throws IOException if the file cannot be read, if others can read or change it, or if it
    ///   has no key; the message is for the user and contains neither the key nor the path
    @Override
    public SecretText read() throws IOException {
        FileRights rights;
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            rights = FileRights.of(file);
            text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IOException("The key file cannot be read.", e);
        }
        if (rights.readableByOthers() || rights.writableByOthers()) {
            throw new IOException(
                    "Other users can read or change the key file. Run chmod 600 on it, in a folder"
                            + " that not everybody can write to.");
        }
        try {
            SecretText key = HeaderRules.key(text.lines().findFirst().orElse(""));
            if (key.reveal().isEmpty()) {
                throw new IOException("The first line of the key file is empty.");
            }
            return key;
        } catch (AccountException e) {
            throw new IOException("The key file has no key in its first line.", e);
        }
    }
}
