package dev.oriel.account.system;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Credential Manager of Windows: generic credentials whose names begin with [#SERVICE].
final class CredentialManagerSecrets implements SystemSecrets {
    private static final MemoryLayout POINTER = ADDRESS;

    /// CRED_TYPE_GENERIC
    private static final int GENERIC = 1;

    /// CRED_PERSIST_LOCAL_MACHINE: after the session, and not on other computers of the user.
    private static final int LOCAL_MACHINE = 2;

    private static final int NOT_FOUND = 1_168;
    private static final int NO_LOGON_SESSION = 1_312;

    /// CRED_MAX_CREDENTIAL_BLOB_SIZE
    private static final int LONGEST = 5 * 512;

    /// `CREDENTIALW`
    private static final StructLayout CREDENTIAL =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("flags"),
                    JAVA_INT.withName("type"),
                    ADDRESS.withName("target"),
                    ADDRESS.withName("comment"),
                    MemoryLayout.sequenceLayout(2, JAVA_INT).withName("last_written"),
                    JAVA_INT.withName("size"),
                    MemoryLayout.paddingLayout(4),
                    ADDRESS.withName("blob"),
                    JAVA_INT.withName("persist"),
                    JAVA_INT.withName("attribute_count"),
                    ADDRESS.withName("attributes"),
                    ADDRESS.withName("alias"),
                    ADDRESS.withName("user"));

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

    private final MethodHandle read;
    private final MethodHandle write;
    private final MethodHandle delete;
    private final MethodHandle free;

    private CredentialManagerSecrets(NativeLibrary library) throws IOException {
        read =
                library.functionWithLastError(
                        JAVA_INT, "CredReadW", POINTER, JAVA_INT, JAVA_INT, POINTER);
        write = library.functionWithLastError(JAVA_INT, "CredWriteW", POINTER, JAVA_INT);
        delete =
                library.functionWithLastError(JAVA_INT, "CredDeleteW", POINTER, JAVA_INT, JAVA_INT);
        free = library.function(null, "CredFree", POINTER);
    }

    static SystemSecrets open() throws IOException {
        return new CredentialManagerSecrets(new NativeLibrary("advapi32.dll"));
    }

    @Override
    public @Nullable String read(String name) throws IOException {
        return inArena(
                        (arena, state) -> {
                            MemorySegment result = arena.allocate(ADDRESS);
                            int found =
                                    (int)
                                            read.invokeExact(
                                                    state,
                                                    text(arena, target(name)),
                                                    GENERIC,
                                                    0,
                                                    result);
                            if (found == 0) {
                                if (lastError(state) == NOT_FOUND) {
                                    return Optional.<String>empty();
                                }
                                throw failure(state);
                            }
                            MemorySegment pointer = result.get(ADDRESS, 0);
                            try {
                                MemorySegment credential =
                                        NativeLibrary.sized(pointer, CREDENTIAL.byteSize());
                                int size = credential.get(JAVA_INT, offset("size"));
                                MemorySegment blob =
                                        NativeLibrary.sized(
                                                credential.get(ADDRESS, offset("blob")), size);
                                String secret =
                                        new String(blob.toArray(JAVA_BYTE), StandardCharsets.UTF_8);
                                blob.fill((byte) 0);
                                return Optional.of(secret);
                            } finally {
                                free.invokeExact(pointer);
                            }
                        })
                .orElse(null);
    }

    @Override
    public void write(String name, String secret) throws IOException {
        byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
        if (plain.length > LONGEST) {
            throw new IOException("the key is too long for it");
        }
        inArena((arena, state) -> {
            MemorySegment blob = arena.allocate(Math.max(1, plain.length));
            MemorySegment.copy(plain, 0, blob, JAVA_BYTE, 0, plain.length);
            MemorySegment credential = arena.allocate(CREDENTIAL);
            credential.set(JAVA_INT, offset("type"), GENERIC);
            credential.set(ADDRESS, offset("target"), text(arena, target(name)));
            credential.set(JAVA_INT, offset("size"), plain.length);
            credential.set(ADDRESS, offset("blob"), blob);
            credential.set(JAVA_INT, offset("persist"), LOCAL_MACHINE);
            credential.set(ADDRESS, offset("user"), text(arena, name));
            try {
                if ((int) write.invokeExact(state, credential, 0) == 0) {
                    throw failure(state);
                }
            } finally {
                blob.fill((byte) 0);
            }
            return true;
        });
    }

    @Override
    public void remove(String name) throws IOException {
        inArena((arena, state) -> {
            int removed = (int) delete.invokeExact(state, text(arena, target(name)), GENERIC, 0);
            if (removed == 0 && lastError(state) != NOT_FOUND) {
                throw failure(state);
            }
            return true;
        });
    }

    private static String target(String name) {
        return SERVICE + "/" + name;
    }

    private static MemorySegment text(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_16LE);
    }

    private static long offset(String member) {
        return CREDENTIAL.byteOffset(groupElement(member));
    }

    private static int lastError(MemorySegment state) {
        return state.get(JAVA_INT, CALL_STATE.byteOffset(groupElement("GetLastError")));
    }

    private static IOException failure(MemorySegment state) {
        int error = lastError(state);
        return new IOException(
                error == NO_LOGON_SESSION
                        ? "this session of Windows has none"
                        : "it answers with error " + error);
    }

    private static <T extends @Nullable Object> T inArena(ArenaCall<T> call) throws IOException {
        return NativeLibrary.call(() -> {
            try (Arena arena = Arena.ofConfined()) {
                return call.run(arena, arena.allocate(CALL_STATE));
            }
        });
    }

    private interface ArenaCall<T extends @Nullable Object> {
        T run(Arena arena, MemorySegment state) throws Throwable;
    }
}
