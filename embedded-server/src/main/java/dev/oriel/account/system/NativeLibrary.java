package dev.oriel.account.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Functions of a library of the operating system. It is never unloaded.
@SuppressWarnings("restricted") // native access is what this is for
final class NativeLibrary {
    private final SymbolLookup symbols;

    /// @param names of files, without a folder if the system is to look for them
    /// @throws IOException if one is missing, or native access is not allowed; the message is for
    ///   the user
    NativeLibrary(String... names) throws IOException {
        SymbolLookup all = _ -> Optional.empty();
        for (String name : names) {
            try {
                all = all.or(SymbolLookup.libraryLookup(name, Arena.global()));
            } catch (IllegalArgumentException | IllegalCallerException e) {
                throw new IOException("%s cannot be loaded".formatted(name), e);
            }
        }
        symbols = all;
    }

    /// @param result null for a function without a result
    /// @throws IOException if the library has no such function; the message is for the user
    MethodHandle function(@Nullable MemoryLayout result, String name, MemoryLayout... parameters)
            throws IOException {
        return Linker.nativeLinker().downcallHandle(address(name), descriptor(result, parameters));
    }

    /// A function whose error code the system keeps for the thread.
    ///
    /// @throws IOException if the library has no such function; the message is for the user
    MethodHandle functionWithLastError(
            @Nullable MemoryLayout result, String name, MemoryLayout... parameters)
            throws IOException {
        return Linker.nativeLinker()
                .downcallHandle(
                        address(name),
                        descriptor(result, parameters),
                        Linker.Option.captureCallState("GetLastError"));
    }

    private static FunctionDescriptor descriptor(
            @Nullable MemoryLayout result, MemoryLayout... parameters) {
        return result == null
                ? FunctionDescriptor.ofVoid(parameters)
                : FunctionDescriptor.of(result, parameters);
    }

    /// @throws IOException if the library has no such symbol; the message is for the user
    MemorySegment address(String name) throws IOException {
        return symbols.find(name)
                .orElseThrow(() -> new IOException("a library of the system is too old: " + name));
    }

    /// What a pointer of the library points to.
    static MemorySegment sized(MemorySegment pointer, long bytes) {
        return pointer.reinterpret(bytes);
    }

    /// Calls a function.
    static <T extends @Nullable Object> T call(Invocation<T> invocation) throws IOException {
        try {
            return invocation.run();
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // method handles declare it, none throws it
        }
    }

    interface Invocation<T extends @Nullable Object> {
        T run() throws Throwable;
    }
}
