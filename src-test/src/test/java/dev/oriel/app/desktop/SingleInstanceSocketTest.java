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
    private final BlockingQueue<List<String>> heard = new LinkedBlockingQueue<>();
    private SingleInstance bell;

    @BeforeEach
    void hang() {
        bell = SingleInstance.acquire(folder, this::understand).orElseThrow();
    }

    @AfterEach
    void takeDown() throws IOException {
        bell.close();
    }

    private boolean understand(List<String> words) {
        heard.add(words);
        return !words.contains("nonsense");
    }

    private Path socket() {
        return folder.resolve("running/bell");
    }

    /// What the window answers to bytes as they are.
    private byte say(byte[] bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.shutdownOutput();
            ByteBuffer answer = ByteBuffer.allocate(1);
            assertThat(channel.read(answer)).isEqualTo(1);
            return answer.get(0);
        }
    }

    @Test
    void aFurtherStartHandsOverItsWordsAsTheyAre() {
        List<String> words = List.of("--new-session", "", "oriel:connect?url=ws://host/ü\n x");
        assertThat(SingleInstance.signal(folder, words)).isTrue();
        assertThat(heard).containsExactly(words);
        assertThat(SingleInstance.signal(folder, List.of())).isTrue();
        assertThat(heard).last().isEqualTo(List.of());
    }

    @Test
    void whatTheWindowDoesNotUnderstandIsNotTaken() {
        assertThat(SingleInstance.signal(folder, List.of("nonsense"))).isFalse();
    }

    @Test
    void onlyOneWindowHasTheBell() {
        assertThat(SingleInstance.acquire(folder, _ -> true)).isEmpty();
        assertThat(SingleInstance.signal(folder, List.of("still the first"))).isTrue();
        assertThat(heard).containsExactly(List.of("still the first"));
    }

    @Test
    void withoutAWindowNobodyAnswersAndTheNextOneHasTheBell() throws IOException {
        bell.close();
        assertThat(socket()).doesNotExist();
        assertThat(SingleInstance.signal(folder, List.of())).isFalse();
        bell = SingleInstance.acquire(folder, this::understand).orElseThrow();
        assertThat(SingleInstance.signal(folder, List.of())).isTrue();
    }

    @Test
    void aSocketThatAKilledWindowLeftBehindIsNobodys() throws IOException {
        bell.close();
        ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        killed.bind(UnixDomainSocketAddress.of(socket()));
        killed.close();
        assertThat(socket()).exists();
        assertThat(SingleInstance.signal(folder, List.of())).isFalse();
        bell = SingleInstance.acquire(folder, this::understand).orElseThrow();
        assertThat(SingleInstance.signal(folder, List.of())).isTrue();
    }

    @Test
    void whoSaysTooMuchIsNotHeard() throws IOException {
        assertThat(SingleInstance.signal(folder, List.of("x".repeat(SingleInstance.MAX_BYTES))))
                .isFalse();
        assertThat(say(("x".repeat(SingleInstance.MAX_BYTES) + "\0").getBytes(UTF_8))).isZero();
        assertThat(heard).isEmpty();
        assertThat(SingleInstance.signal(folder, List.of("x".repeat(SingleInstance.MAX_BYTES - 1))))
                .isTrue();
    }

    @Test
    void whoBreaksOffIsNotHeard() throws IOException {
        assertThat(say("--new-sess".getBytes(UTF_8))).isZero();
        assertThat(heard).isEmpty();
    }

    @Test
    void whoSaysNothingDoesNotKeepTheNextOneWaitingForLong() throws IOException {
        try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            assertThat(SingleInstance.signal(folder, List.of("next"))).isTrue();
            assertThat(heard).containsExactly(List.of("next"));
            assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void nobodyElseMayRing() throws IOException {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(socket().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderWhoseNameIsTooLongForASocketHasNoBellAndDoesNoHarm() {
        Path deep = folder.resolve("a-long-name-of-a-folder".repeat(6));
        assertThat(SingleInstance.acquire(deep, _ -> true)).isEmpty();
        assertThat(SingleInstance.signal(deep, List.of())).isFalse();
    }
}
