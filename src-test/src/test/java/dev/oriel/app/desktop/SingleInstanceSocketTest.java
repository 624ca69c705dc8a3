package dev.oriel.app.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SingleInstanceSocketTest {
    @TempDir Path folder;
    private final BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();
    private SingleInstance instance;

    @BeforeEach
    void acquire() {
        instance = SingleInstance.acquire(folder, this::accept).orElseThrow();
    }

    @AfterEach
    void release() throws IOException {
        instance.close();
    }

    private boolean accept(List<String> arguments) {
        received.add(arguments);
        return !arguments.contains("nonsense");
    }

    private Path socket() {
        return folder.resolve("running/bell");
    }

    /// Sends raw bytes and returns the window's reply.
    private byte send(byte[] bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.shutdownOutput();
            ByteBuffer reply = ByteBuffer.allocate(1);
            assertThat(channel.read(reply)).isEqualTo(1);
            return reply.get(0);
        }
    }

    @Test
    void aLaterProcessSendsItsArgumentsUnchanged() {
        List<String> arguments = List.of("--new-session", "", "oriel:connect?url=ws://host/ü\n x");
        assertThat(SingleInstance.signal(folder, arguments)).isTrue();
        assertThat(received).containsExactly(arguments);
        assertThat(SingleInstance.signal(folder, List.of())).isTrue();
        assertThat(received).last().isEqualTo(List.of());
    }

    @Test
    void reportsThatTheWindowRejectedTheArguments() {
        assertThat(SingleInstance.signal(folder, List.of("nonsense"))).isFalse();
    }

    @Test
    void onlyOneWindowHoldsTheLock() {
        assertThat(SingleInstance.acquire(folder, _ -> true)).isEmpty();
        assertThat(SingleInstance.signal(folder, List.of("still the first"))).isTrue();
        assertThat(received).containsExactly(List.of("still the first"));
    }

    @Test
    void afterCloseSignalFailsAndTheNextWindowAcquiresTheLock() throws IOException {
        instance.close();
        assertThat(socket()).doesNotExist();
        assertThat(SingleInstance.signal(folder, List.of())).isFalse();
        instance = SingleInstance.acquire(folder, this::accept).orElseThrow();
        assertThat(SingleInstance.signal(folder, List.of())).isTrue();
    }

    @Test
    void replacesTheSocketOfAKilledWindow() throws IOException {
        instance.close();
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(socket()));
        killed.close();
        assertThat(socket()).exists();
        assertThat(SingleInstance.signal(folder, List.of())).isFalse();
        instance = SingleInstance.acquire(folder, this::accept).orElseThrow();
        assertThat(SingleInstance.signal(folder, List.of())).isTrue();
    }

    @Test
    void rejectsMessagesOverTheMaximumLength() throws IOException {
        assertThat(SingleInstance.signal(folder, List.of("x".repeat(SingleInstance.MAX_BYTES))))
                .isFalse();
        assertThat(send(("x".repeat(SingleInstance.MAX_BYTES) + "\0").getBytes(UTF_8))).isZero();
        assertThat(received).isEmpty();
        assertThat(SingleInstance.signal(folder, List.of("x".repeat(SingleInstance.MAX_BYTES - 1))))
                .isTrue();
    }

    @Test
    void rejectsAMessageThatEndsWithinAnArgument() throws IOException {
        assertThat(send("--new-sess".getBytes(UTF_8))).isZero();
        assertThat(received).isEmpty();
    }

    @Test
    void aSilentClientDelaysOthersOnlyUntilItsTimeout() throws IOException {
        try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            assertThat(SingleInstance.signal(folder, List.of("next"))).isTrue();
            assertThat(received).containsExactly(List.of("next"));
            assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void onlyTheOwnerCanEnterTheSocketsFolder() throws IOException {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(socket().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderWithATooLongPathHasNoSocket() {
        Path deep = folder.resolve("a-long-name-of-a-folder".repeat(6));
        assertThat(SingleInstance.acquire(deep, _ -> true)).isEmpty();
        assertThat(SingleInstance.signal(deep, List.of())).isFalse();
    }
}
