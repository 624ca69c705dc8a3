package dev.oriel.session.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.journal.SessionRecord;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.session.Sessions;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The list of sessions: order, titles, folders.
class SessionOrderTest {
    @TempDir Path folder;
    private Instant now = Instant.parse("2026-05-05T12:00:00Z");
    private SqliteJournal journal;
    private Sessions sessions;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal,
                        List.of(new ScriptedProvider()),
                        SessionPolicy.defaults(),
                        () -> now);
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    private SessionView make(Path cwd) throws Exception {
        return sessions.create(SessionSpec.builder("sessions").cwd(cwd).build());
    }

    private List<UUID> listed() {
        return sessions.list().stream().map(SessionView::id).toList();
    }

    @Test
    void aNewerSessionIsListedFirstAfterTheClockWasSetBack() throws Exception {
        UUID older = make(folder).id();
        now = Instant.parse("2020-01-01T00:00:00Z");
        UUID newer = make(folder).id();
        assertThat(listed()).containsExactly(newer, older);
        close();
        open();
        UUID newest = make(folder).id();
        assertThat(listed()).containsExactly(newest, newer, older);
    }

    @Test
    void linksInAFolderAreResolvedAsTheSystemDoes() throws Exception {
        Path project = Files.createDirectories(folder.resolve("real/deep/project"));
        Files.createDirectories(folder.resolve("real/deep/other"));
        Files.createDirectories(folder.resolve("home/other"));
        Path link = Files.createSymbolicLink(folder.resolve("home/link"), project);
        Path deep = folder.resolve("real/deep").toRealPath();
        assertThat(make(link).record().cwd()).isEqualTo(project.toRealPath().toString());
        assertThat(make(link.resolve("..")).record().cwd()).isEqualTo(deep.toString());
        assertThat(make(link.resolve("../other")).record().cwd())
                .isEqualTo(deep.resolve("other").toString());
        assertThatThrownBy(() -> make(link.resolve("../nowhere")))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void titlesAndErrorsAreLimited() {
        var prompt = new AgentOptions.SystemPrompt.Replacement("x".repeat(2 * 1024 * 1024));
        assertThatThrownBy(() ->
                        sessions.create(
                                SessionSpec.builder("relay")
                                        .cwd(folder)
                                        .options(AgentOptions.NONE.withSystemPrompt(prompt))
                                        .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(() ->
                        sessions.create(
                                SessionSpec.builder("sessions")
                                        .cwd(folder)
                                        .model("m".repeat(201))
                                        .build()))
                .isInstanceOf(BadRequestException.class);
        assertThat(listed()).isEmpty();
    }

    @Test
    void aSessionWhoseFolderHasNoNameInThisLocaleIsListed() throws Exception {
        UUID usual = make(folder).id();
        UUID odd = UUID.randomUUID();
        SessionRecord sound = journal.findSession(usual).orElseThrow();
        // No file system allows this name; an ASCII locale rejects other letters in the same way.
        String name = "/home/anna/\u0000";
        journal.save(
                StoredSession.of(odd)
                        .title("odd")
                        .cwd(name)
                        .agent(sound.agent())
                        .times(sound.createdAt(), sound.updatedAt())
                        .record());
        close();
        open();
        assertThat(listed()).containsExactly(usual, odd);
        assertThat(sessions.find(odd).orElseThrow().record().cwd()).isEqualTo(name);
        assertThat(sessions.open(odd)).isPresent();
        assertThatThrownBy(() -> WorkingFolder.parse(name))
                .isInstanceOf(AgentUnavailableException.class)
                .hasMessageContaining("locale");
    }
}
