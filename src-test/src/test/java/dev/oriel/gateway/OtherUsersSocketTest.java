package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.demo.DemoProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that other users of the computer can change or read are not used for secrets and
/// permissions.
@DisabledOnOs(OS.WINDOWS)
class OtherUsersSocketTest {
    @TempDir Path folder;

    private void startAndEnd() throws ServerStartException {
        EmbeddedServer.start(
                        ServerConfig.defaults(folder.resolve("data"), List.of(new DemoProvider()))
                                .withPort(0))
                .close();
    }

    private Path data(String rights) throws IOException {
        return with(Files.createDirectory(folder.resolve("data")), rights);
    }

    private static Path with(Path file, String rights) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwx----w-"})
    void aDataFolderThatEveryoneCanWriteToIsRefusedWithTheRemedy(String rights) throws Exception {
        data(rights);
        assertThatThrownBy(this::startAndEnd)
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("chmod o-w");
        assertThat(folder.resolve("data")).isEmptyDirectory();
    }

    @Test
    void aWorldWritableFolderBehindALinkIsRefusedToo() throws Exception {
        Path elsewhere = with(Files.createDirectory(folder.resolve("elsewhere")), "rwxrwxrwx");
        Files.createSymbolicLink(folder.resolve("data"), elsewhere);
        assertThatThrownBy(this::startAndEnd).hasMessageContaining("chmod o-w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwxr-xr-x", "rwxrwx---"})
    void aDataFolderThatNotEveryoneCanWriteToIsAccepted(String rights) throws Exception {
        data(rights);
        startAndEnd();
        assertThat(rights(folder.resolve("data"))).isEqualTo(rights);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw-----w-", "rw--w----"})
    void aTokenThatOthersCouldHaveWrittenIsRefusedWithTheRemedy(String rights) throws Exception {
        Path token = data("rwx------").resolve("token");
        with(Files.writeString(token, "known"), rights);
        assertThatThrownBy(this::startAndEnd)
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("Remove it for a new one")
                .hasMessageNotContaining("known");
    }

    @Test
    void aTokenInAFolderWhereEveryoneCouldHavePutItIsRefused() throws Exception {
        Path open = with(Files.createDirectory(folder.resolve("open")), "rwxrwxrwx");
        Path token = with(Files.writeString(open.resolve("token"), "known"), "rw-------");
        assertThatThrownBy(() -> AccessToken.loadOrCreate(token))
                .hasMessageContaining("Remove it for a new one");
    }

    @Test
    void aTokenFileThatIsADanglingLinkIsRefusedAndNothingIsCreated() throws Exception {
        Path target = folder.resolve("target");
        Files.createSymbolicLink(data("rwx------").resolve("token"), target);
        assertThatThrownBy(this::startAndEnd)
                .hasMessageContaining("is a link to a file that does not exist");
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oriel.db", "oriel.db.lock"})
    void theTargetOfADanglingLinkInTheJournalIsCreatedForTheOwnerOnly(String name)
            throws Exception {
        Path target = folder.resolve("target");
        Files.createSymbolicLink(data("rwx------").resolve(name), target);
        startAndEnd();
        assertThat(rights(target)).isEqualTo("rw-------");
    }
}
