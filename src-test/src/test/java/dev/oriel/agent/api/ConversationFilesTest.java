package dev.oriel.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.ConversationsInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Which files of agents are deleted.
class ConversationFilesTest {
    @TempDir Path data;
    private ConversationFiles files;

    @BeforeEach
    void create() {
        files = new ConversationFiles(data);
    }

    @Test
    void onlyTheFilesOfConversationsInUseStay() throws Exception {
        UUID used = conversation();
        UUID unused = conversation();
        Path other = Files.createDirectories(data.resolve("agent-api/notes"));
        files.deleteUnused(() -> Set.of(used));
        assertThat(files.folder(used).resolve("results/a.txt")).exists();
        assertThat(files.folder(unused)).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aBranchKeepsTheFilesOfTheConversationsBeforeIt() throws Exception {
        UUID first = conversation();
        UUID second = conversation();
        UUID third = conversation();
        branch(second, first);
        branch(third, second);
        files.deleteUnused(() -> Set.of(third));
        assertThat(files.folder(first)).exists();
        assertThat(files.folder(second)).exists();
        files.deleteUnused(() -> Set.of(first));
        assertThat(files.folder(first)).exists();
        assertThat(files.folder(second)).doesNotExist();
        assertThat(files.folder(third)).doesNotExist();
    }

    @Test
    void whatBeginsMeanwhileStays() throws Exception {
        UUID unused = conversation();
        UUID[] begun = new UUID[1];
        files.deleteUnused(() -> {
            begun[0] = conversation();
            return Set.of();
        });
        assertThat(files.folder(unused)).doesNotExist();
        assertThat(files.folder(begun[0])).exists();
    }

    @Test
    void nothingIsDeletedIfTheSessionsCannotBeRead() throws Exception {
        UUID unknown = conversation();
        ConversationsInUse unreadable =
                () -> {
                    throw new IOException("the journal is lost");
                };
        assertThatThrownBy(() -> files.deleteUnused(unreadable)).hasMessage("the journal is lost");
        assertThat(files.folder(unknown)).exists();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a privilege there.")
    void linksAreNotFollowed() throws Exception {
        Path outside = Files.createDirectories(data.resolve("outside"));
        Files.writeString(outside.resolve("keep.txt"), "x");
        UUID unused = conversation();
        Files.createSymbolicLink(files.folder(unused).resolve("link"), outside);
        Files.createSymbolicLink(files.folder(UUID.randomUUID()), outside);
        files.deleteUnused(Set::of);
        assertThat(data.resolve("agent-api")).isEmptyDirectory();
        assertThat(outside.resolve("keep.txt")).exists();
    }

    @Test
    void withoutFilesTheSessionsAreNotRead() throws Exception {
        files.deleteUnused(() -> {
            throw new AssertionError("read");
        });
        assertThat(data).isEmptyDirectory();
    }

    private void branch(UUID id, UUID from) throws IOException {
        ConversationFiles.noteOrigin(
                files.folder(id), new Conversation.Branched(id, from, UUID.randomUUID()));
    }

    private UUID conversation() throws IOException {
        UUID id = UUID.randomUUID();
        Path folder = Files.createDirectories(files.folder(id).resolve("results"));
        Files.writeString(folder.resolve("a.txt"), "long output");
        return id;
    }
}
