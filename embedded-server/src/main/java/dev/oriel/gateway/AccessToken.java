package dev.oriel.gateway;

import dev.oriel.dialect.TokenCheck;
import dev.oriel.platform.FileRights;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secret that authenticates clients. It is kept in a file that only the owner can read.
public final class AccessToken implements TokenCheck {
    private static final Logger LOG = LoggerFactory.getLogger(AccessToken.class);
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final String value;

    private AccessToken(String value) {
        this.value = value;
    }

    /// Reads the token of a file, or creates the file with a new one.
    ///
    /// @throws ServerStartException if the file can be neither read nor created, or contains no
    ///   token
    static AccessToken loadOrCreate(Path file) throws ServerStartException {
        try {
            return new AccessToken(makeNew(file));
        } catch (FileAlreadyExistsException e) {
            return read(file);
        } catch (IOException e) {
            throw new ServerStartException(
                    "The token file cannot be written. Choose another with --token-file.", e);
        }
    }

    private static String makeNew(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        PrivateFiles.createNew(file);
        Files.writeString(file, made + "\n", StandardOpenOption.WRITE);
        return made;
    }

    private static AccessToken read(Path file) throws ServerStartException {
        try {
            if (!Files.exists(file)) {
                throw new ServerStartException(
                        "The token file %s is a link to a file that does not exist. Remove it for a"
                                        .formatted(file)
                                + " new token.");
            }
            if (FileRights.of(file).writableByOthers()) {
                throw new ServerStartException(
                        "Other users can change the token file %s or put another in its place, so"
                                        .formatted(file)
                                + " they may know the token. Remove it for a new one, or run chmod"
                                + " 600 on it if you are sure that it is yours. Its folder must not"
                                + " be writable by every user.");
            }
            keepToOwner(file);
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new ServerStartException(
                        "The token file is empty. Remove it for a new token.");
            }
            return new AccessToken(text);
        } catch (IOException e) {
            throw new ServerStartException("The token file cannot be read.", e);
        }
    }

    /// Restricts a file that others may read, as one that was written by hand often is, to the
    /// owner.
    private static void keepToOwner(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> rights = view.readAttributes().permissions();
        if (!OWNERS.containsAll(rights)) {
            LOG.warn(
                    "Others could read the token file. Now only its owner can; if other"
                            + " people use this computer, remove it for a new token.");
            Set<PosixFilePermission> kept = EnumSet.copyOf(OWNERS);
            kept.retainAll(rights);
            view.setPermissions(kept);
        }
    }

    /// The secret. Not for logs, errors or URLs.
    public String value() {
        return value;
    }

    @Override
    public boolean accepts(String given) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Token[…]";
    }
}
