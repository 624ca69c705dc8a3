package dev.oriel.serve;

import dev.oriel.platform.OperatingSystem;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Notifies systemd as `sd_notify` does: sends a datagram to the socket that `NOTIFY_SOCKET` names.
/// Java has no datagrams on Unix sockets, so this calls the C library. Linux only.
final class SystemdNotifier {
    // Values of the C library on Linux: the family of Unix sockets, SOCK_DGRAM | SOCK_CLOEXEC, and
    // the layout of `sockaddr_un` (family, path).
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;

    /// A socket that systemd has closed is an error, not a SIGPIPE.
    private static final int MSG_NOSIGNAL = 0x4000;

    private static final int FAMILY_BYTES = 2;
    private static final int MAX_PATH = 108;

    private final byte[] address;
    private final MethodHandle socket;
    private final MethodHandle sendTo;
    private final MethodHandle close;

    private SystemdNotifier(byte[] address) {
        this.address = address;
        socket =
                function(
                        "socket",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
        sendTo =
                function(
                        "sendto",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
        close =
                function(
                        "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    @SuppressWarnings("restricted") // the manifest and all launchers allow native access
    private static MethodHandle function(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
    }

    /// @return null if systemd does not supervise this process with a watchdog
    static @Nullable SystemdNotifier create(Map<String, String> environment) {
        String path = environment.getOrDefault("NOTIFY_SOCKET", "");
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        boolean isValid = path.startsWith("/") || path.startsWith("@");
        boolean linux = OperatingSystem.current() == OperatingSystem.LINUX;
        if (!linux
                || !isValid
                || bytes.length >= MAX_PATH
                || !environment.containsKey("WATCHDOG_USEC")) {
            return null;
        }
        if (bytes[0] == '@') {
            bytes[0] = 0; // an abstract address
        }
        return new SystemdNotifier(bytes);
    }

    /// Reports that the server works.
    ///
    /// @return whether systemd was notified
    boolean notifyAlive() {
        return send("WATCHDOG=1");
    }

    private boolean send(String state) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] text = state.getBytes(StandardCharsets.UTF_8);
            MemorySegment to = arena.allocate(FAMILY_BYTES + MAX_PATH);
            to.set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) AF_UNIX);
            MemorySegment.copy(address, 0, to, ValueLayout.JAVA_BYTE, FAMILY_BYTES, address.length);
            // A path ends with a zero, an abstract address does not.
            int length = FAMILY_BYTES + address.length + (address[0] == 0 ? 0 : 1);
            int fd = (int) socket.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (fd < 0) {
                return false;
            }
            MemorySegment what = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
            long sent =
                    (long)
                            sendTo.invokeExact(
                                    fd, what, (long) text.length, MSG_NOSIGNAL, to, length);
            int _ = (int) close.invokeExact(fd);
            return sent == text.length;
        } catch (Throwable e) {
            throw new IllegalStateException("the C library cannot be called", e);
        }
    }
}
