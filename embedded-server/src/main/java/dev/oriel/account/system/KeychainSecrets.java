package dev.oriel.account.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The login Keychain of macOS: generic passwords of the service [#SERVICE].
final class KeychainSecrets implements SystemSecrets {
    private static final MemoryLayout POINTER = ADDRESS;
    private static final MemorySegment NULL = MemorySegment.NULL;
    private static final String FRAMEWORKS = "/System/Library/Frameworks/";

    private static final int UTF_8 = 0x0800_0100;
    private static final int OK = 0;
    private static final int DUPLICATE = -25_299;
    private static final int NOT_FOUND = -25_300;

    private final NativeLibrary library;
    private final MethodHandle add;
    private final MethodHandle update;
    private final MethodHandle find;
    private final MethodHandle delete;
    private final MethodHandle stringOf;
    private final MethodHandle dataOf;
    private final MethodHandle dictionaryOf;
    private final MethodHandle length;
    private final MethodHandle bytes;
    private final MethodHandle release;

    private KeychainSecrets(NativeLibrary library) throws IOException {
        this.library = library;
        add = library.function(JAVA_INT, "SecItemAdd", POINTER, POINTER);
        update = library.function(JAVA_INT, "SecItemUpdate", POINTER, POINTER);
        find = library.function(JAVA_INT, "SecItemCopyMatching", POINTER, POINTER);
        delete = library.function(JAVA_INT, "SecItemDelete", POINTER);
        stringOf =
                library.function(POINTER, "CFStringCreateWithCString", POINTER, POINTER, JAVA_INT);
        dataOf = library.function(POINTER, "CFDataCreate", POINTER, POINTER, JAVA_LONG);
        dictionaryOf =
                library.function(
                        POINTER,
                        "CFDictionaryCreate",
                        POINTER,
                        POINTER,
                        POINTER,
                        JAVA_LONG,
                        POINTER,
                        POINTER);
        length = library.function(JAVA_LONG, "CFDataGetLength", POINTER);
        bytes = library.function(POINTER, "CFDataGetBytePtr", POINTER);
        release = library.function(null, "CFRelease", POINTER);
    }

    static SystemSecrets open() throws IOException {
        return new KeychainSecrets(
                new NativeLibrary(
                        FRAMEWORKS + "CoreFoundation.framework/CoreFoundation",
                        FRAMEWORKS + "Security.framework/Security"));
    }

    @Override
    public @Nullable String read(String name) throws IOException {
        return withObjects(
                        objects -> {
                            MemorySegment result = objects.arena.allocate(ADDRESS);
                            MemorySegment query =
                                    objects.dictionary(
                                            objects.item(name),
                                            List.of(
                                                    constant("kSecReturnData"),
                                                    constant("kSecMatchLimit")),
                                            List.of(
                                                    constant("kCFBooleanTrue"),
                                                    constant("kSecMatchLimitOne")));
                            int status = (int) find.invokeExact(query, result);
                            if (status == NOT_FOUND) {
                                return Optional.<String>empty();
                            }
                            check(status);
                            MemorySegment data = objects.owned(result.get(ADDRESS, 0));
                            long size = (long) length.invokeExact(data);
                            MemorySegment start = (MemorySegment) bytes.invokeExact(data);
                            return Optional.of(
                                    new String(
                                            NativeLibrary.sized(start, size).toArray(JAVA_BYTE),
                                            StandardCharsets.UTF_8));
                        })
                .orElse(null);
    }

    @Override
    public void write(String name, String secret) throws IOException {
        withObjects(objects -> {
            List<MemorySegment> key = List.of(constant("kSecValueData"));
            List<MemorySegment> value = List.of(objects.data(secret));
            MemorySegment item = objects.dictionary(objects.item(name), key, value);
            int status = (int) add.invokeExact(item, NULL);
            if (status == DUPLICATE) {
                status =
                        (int)
                                update.invokeExact(
                                        objects.dictionary(
                                                objects.item(name), List.of(), List.of()),
                                        objects.dictionary(new Entries(), key, value));
            }
            check(status);
            return true;
        });
    }

    @Override
    public void remove(String name) throws IOException {
        withObjects(objects -> {
            int status =
                    (int)
                            delete.invokeExact(
                                    objects.dictionary(objects.item(name), List.of(), List.of()));
            if (status != NOT_FOUND) {
                check(status);
            }
            return true;
        });
    }

    /// The value of a constant, which is a pointer to an object.
    private MemorySegment constant(String name) throws IOException {
        return NativeLibrary.sized(library.address(name), ADDRESS.byteSize()).get(ADDRESS, 0);
    }

    private static void check(int status) throws IOException {
        if (status != OK) {
            throw new IOException(
                    switch (status) {
                        case -128, -25_293 -> "access to it was denied";
                        case -25_308 -> "it is locked, and nobody can be asked here";
                        case -25_307 -> "there is no keychain";
                        default -> "it answers with error " + status;
                    });
        }
    }

    private <T extends @Nullable Object> T withObjects(ObjectCall<T> call) throws IOException {
        return NativeLibrary.call(() -> {
            try (Arena arena = Arena.ofConfined()) {
                Objects objects = new Objects(arena);
                try {
                    return call.run(objects);
                } finally {
                    for (MemorySegment each : objects.owned) {
                        release.invokeExact(each);
                    }
                }
            }
        });
    }

    private interface ObjectCall<T extends @Nullable Object> {
        T run(Objects objects) throws Throwable;
    }

    /// Members of a dictionary.
    private record Entries(List<MemorySegment> keys, List<MemorySegment> values) {
        Entries() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(MemorySegment key, MemorySegment value) {
            keys.add(key);
            values.add(value);
        }
    }

    /// The objects of one call, released after it.
    private final class Objects {
        final Arena arena;
        final List<MemorySegment> owned = new ArrayList<>();

        Objects(Arena arena) {
            this.arena = arena;
        }

        MemorySegment owned(MemorySegment object) throws IOException {
            if (object.equals(NULL)) {
                throw new IOException("an object cannot be created");
            }
            owned.add(object);
            return object;
        }

        Entries item(String name) throws Throwable {
            Entries item = new Entries();
            item.add(constant("kSecClass"), constant("kSecClassGenericPassword"));
            item.add(constant("kSecAttrService"), string(SERVICE));
            item.add(constant("kSecAttrAccount"), string(name));
            return item;
        }

        MemorySegment string(String text) throws Throwable {
            return owned(
                    (MemorySegment) stringOf.invokeExact(NULL, arena.allocateFrom(text), UTF_8));
        }

        MemorySegment data(String text) throws Throwable {
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            MemorySegment copy = arena.allocate(Math.max(1, plain.length));
            MemorySegment.copy(plain, 0, copy, JAVA_BYTE, 0, plain.length);
            try {
                return owned((MemorySegment) dataOf.invokeExact(NULL, copy, (long) plain.length));
            } finally {
                copy.fill((byte) 0);
            }
        }

        /// With more members than `entries` has.
        MemorySegment dictionary(
                Entries entries, List<MemorySegment> moreKeys, List<MemorySegment> moreValues)
                throws Throwable {
            List<MemorySegment> keys = new ArrayList<>(entries.keys());
            keys.addAll(moreKeys);
            List<MemorySegment> values = new ArrayList<>(entries.values());
            values.addAll(moreValues);
            return owned(
                    (MemorySegment)
                            dictionaryOf.invokeExact(
                                    NULL,
                                    array(keys),
                                    array(values),
                                    (long) keys.size(),
                                    library.address("kCFTypeDictionaryKeyCallBacks"),
                                    library.address("kCFTypeDictionaryValueCallBacks")));
        }

        private MemorySegment array(List<MemorySegment> pointers) {
            MemorySegment array = arena.allocate(ADDRESS, Math.max(1, pointers.size()));
            for (int i = 0; i < pointers.size(); i++) {
                array.setAtIndex(ADDRESS, i, pointers.get(i));
            }
            return array;
        }
    }
}
