package dev.oriel.account.system;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.PathElement.sequenceElement;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Secret Service of a Linux desktop (GNOME Keyring, KWallet, KeePassXC), by `libsecret`.
final class SecretServiceSecrets implements SystemSecrets {
    private static final MemoryLayout POINTER = ADDRESS;
    private static final MemorySegment NULL = MemorySegment.NULL;

    /// G_BUS_TYPE_SESSION
    private static final int SESSION_BUS = 2;

    /// SECRET_SERVICE_OPEN_SESSION: the service is asked something, so that it must be there.
    private static final int OPEN_SESSION = 2;

    private static final StructLayout ATTRIBUTE =
            MemoryLayout.structLayout(
                    ADDRESS.withName("name"),
                    JAVA_INT.withName("type"),
                    MemoryLayout.paddingLayout(4));

    /// `SecretSchema`; an attribute's type 0 is text.
    private static final StructLayout SCHEMA =
            MemoryLayout.structLayout(
                    ADDRESS.withName("name"),
                    JAVA_INT.withName("flags"),
                    MemoryLayout.paddingLayout(4),
                    MemoryLayout.sequenceLayout(32, ATTRIBUTE).withName("attributes"),
                    JAVA_INT.withName("reserved"),
                    MemoryLayout.paddingLayout(4),
                    MemoryLayout.sequenceLayout(7, ADDRESS));

    /// `GError`
    private static final StructLayout ERROR =
            MemoryLayout.structLayout(
                    JAVA_INT.withName("domain"),
                    JAVA_INT.withName("code"),
                    ADDRESS.withName("message"));

    private static final int LONGEST = 65_536;

    private final MethodHandle lookup;
    private final MethodHandle store;
    private final MethodHandle clear;
    private final MethodHandle freePassword;
    private final MethodHandle tableNew;
    private final MethodHandle tableInsert;
    private final MethodHandle tableUnref;
    private final MethodHandle cancellableNew;
    private final MethodHandle cancellableCancel;
    private final MethodHandle objectUnref;
    private final MethodHandle errorFree;
    private final MemorySegment textHash;
    private final MemorySegment textEqual;
    private final MemorySegment schema;

    private final Object cancelLock = new Object();
    private @Nullable MemorySegment running; // guarded by cancelLock

    private SecretServiceSecrets(NativeLibrary library) throws IOException {
        lookup =
                library.function(
                        POINTER,
                        "secret_password_lookupv_sync",
                        POINTER,
                        POINTER,
                        POINTER,
                        POINTER);
        store =
                library.function(
                        JAVA_INT,
                        "secret_password_storev_sync",
                        POINTER,
                        POINTER,
                        POINTER,
                        POINTER,
                        POINTER,
                        POINTER,
                        POINTER);
        clear =
                library.function(
                        JAVA_INT,
                        "secret_password_clearv_sync",
                        POINTER,
                        POINTER,
                        POINTER,
                        POINTER);
        freePassword = library.function(null, "secret_password_free", POINTER);
        tableNew = library.function(POINTER, "g_hash_table_new", POINTER, POINTER);
        tableInsert = library.function(JAVA_INT, "g_hash_table_insert", POINTER, POINTER, POINTER);
        tableUnref = library.function(null, "g_hash_table_unref", POINTER);
        cancellableNew = library.function(POINTER, "g_cancellable_new");
        cancellableCancel = library.function(null, "g_cancellable_cancel", POINTER);
        objectUnref = library.function(null, "g_object_unref", POINTER);
        errorFree = library.function(null, "g_error_free", POINTER);
        textHash = library.address("g_str_hash");
        textEqual = library.address("g_str_equal");
        schema = schema();
        connect(library);
    }

    static SystemSecrets open() throws IOException {
        NativeLibrary library;
        try {
            library = new NativeLibrary("libsecret-1.so.0");
        } catch (IOException e) {
            throw new IOException("libsecret is not installed", e);
        }
        return new SecretServiceSecrets(library);
    }

    private static MemorySegment schema() {
        Arena arena = Arena.global();
        MemorySegment schema = arena.allocate(SCHEMA);
        schema.set(
                ADDRESS,
                SCHEMA.byteOffset(groupElement("name")),
                arena.allocateFrom("dev.oriel.Key"));
        String[] names = {"service", "account"};
        for (int i = 0; i < names.length; i++) {
            schema.set(
                    ADDRESS,
                    SCHEMA.byteOffset(
                            groupElement("attributes"), sequenceElement(i), groupElement("name")),
                    arena.allocateFrom(names[i]));
        }
        return schema;
    }

    private void connect(NativeLibrary library) throws IOException {
        MethodHandle bus = library.function(POINTER, "g_bus_get_sync", JAVA_INT, POINTER, POINTER);
        MethodHandle stay =
                library.function(null, "g_dbus_connection_set_exit_on_close", POINTER, JAVA_INT);
        MethodHandle service =
                library.function(POINTER, "secret_service_get_sync", JAVA_INT, POINTER, POINTER);
        withCancellable((arena, cancellable, error) -> {
            MemorySegment connection =
                    (MemorySegment) bus.invokeExact(SESSION_BUS, cancellable, error);
            check(error);
            // Otherwise the library ends a process with a window of GTK when the bus ends. The
            // connection is the one that all code of this process gets, and stays open.
            stay.invokeExact(connection, 0);
            MemorySegment found =
                    (MemorySegment) service.invokeExact(OPEN_SESSION, cancellable, error);
            check(error);
            objectUnref.invokeExact(found);
            return true;
        });
    }

    @Override
    public @Nullable String read(String name) throws IOException {
        return withAttributes(
                        name,
                        (arena, attributes, cancellable, error) -> {
                            MemorySegment found =
                                    (MemorySegment)
                                            lookup.invokeExact(
                                                    schema, attributes, cancellable, error);
                            check(error);
                            if (found.equals(NULL)) {
                                return Optional.<String>empty();
                            }
                            try {
                                return Optional.of(
                                        NativeLibrary.sized(found, LONGEST)
                                                .getString(0, StandardCharsets.UTF_8));
                            } finally {
                                freePassword.invokeExact(found); // overwrites it
                            }
                        })
                .orElse(null);
    }

    @Override
    public void write(String name, String secret) throws IOException {
        withAttributes(
                name,
                (arena, attributes, cancellable, error) -> {
                    MemorySegment text = arena.allocateFrom(secret);
                    try {
                        int stored =
                                (int)
                                        store.invokeExact(
                                                schema,
                                                attributes,
                                                arena.allocateFrom("default"),
                                                arena.allocateFrom("Oriel: " + name),
                                                text,
                                                cancellable,
                                                error);
                        check(error);
                        if (stored == 0) {
                            throw new IOException("it was not unlocked");
                        }
                    } finally {
                        text.fill((byte) 0);
                    }
                    return true;
                });
    }

    @Override
    public void remove(String name) throws IOException {
        withAttributes(
                name,
                (_, attributes, cancellable, error) -> {
                    // The result says only whether there was one.
                    int _ = (int) clear.invokeExact(schema, attributes, cancellable, error);
                    check(error);
                    return true;
                });
    }

    @Override
    public void cancel() {
        synchronized (cancelLock) {
            MemorySegment call = running;
            if (call != null) {
                try {
                    cancellableCancel.invokeExact(call);
                } catch (Throwable e) {
                    throw new IllegalStateException(e); // method handles declare it
                }
            }
        }
    }

    private <T extends @Nullable Object> T withAttributes(String name, AttributeCall<T> call)
            throws IOException {
        return withCancellable((arena, cancellable, error) -> {
            MemorySegment table = (MemorySegment) tableNew.invokeExact(textHash, textEqual);
            try {
                put(arena, table, "service", SERVICE);
                put(arena, table, "account", name);
                return call.run(arena, table, cancellable, error);
            } finally {
                tableUnref.invokeExact(table);
            }
        });
    }

    private void put(Arena arena, MemorySegment table, String name, String value) throws Throwable {
        int _ =
                (int)
                        tableInsert.invokeExact(
                                table, arena.allocateFrom(name), arena.allocateFrom(value));
    }

    private <T extends @Nullable Object> T withCancellable(CancellableCall<T> call)
            throws IOException {
        return NativeLibrary.call(() -> {
            MemorySegment cancellable = (MemorySegment) cancellableNew.invokeExact();
            synchronized (cancelLock) {
                running = cancellable;
            }
            try (Arena arena = Arena.ofConfined()) {
                return call.run(arena, cancellable, arena.allocate(ADDRESS));
            } finally {
                synchronized (cancelLock) {
                    running = null;
                }
                objectUnref.invokeExact(cancellable);
            }
        });
    }

    /// @throws IOException if the call failed
    private void check(MemorySegment error) throws Throwable {
        MemorySegment pointer = error.get(ADDRESS, 0);
        if (pointer.equals(NULL)) {
            return;
        }
        String text;
        try {
            text =
                    NativeLibrary.sized(
                                    NativeLibrary.sized(pointer, ERROR.byteSize())
                                            .get(
                                                    ADDRESS,
                                                    ERROR.byteOffset(groupElement("message"))),
                                    LONGEST)
                            .getString(0, StandardCharsets.UTF_8);
        } finally {
            errorFree.invokeExact(pointer);
        }
        throw new IOException(text);
    }

    private interface CancellableCall<T extends @Nullable Object> {
        T run(Arena arena, MemorySegment cancellable, MemorySegment error) throws Throwable;
    }

    private interface AttributeCall<T extends @Nullable Object> {
        T run(Arena arena, MemorySegment attributes, MemorySegment cancellable, MemorySegment error)
                throws Throwable;
    }
}
