package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.testing.agent.ScriptedProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages of a session with the messages 1 to 5.
class MessagePageRouteTest {
    private static final int MESSAGES = 5;

    @TempDir Path folder;
    private SqliteJournal journal;
    private Sessions sessions;
    private MessagePageRoute route;
    private UUID session;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal,
                        List.of(new ScriptedProvider()),
                        SessionPolicy.defaults(),
                        InstantSource.system());
        route = new MessagePageRoute(sessions, journal);
        session = sessions.create(SessionSpec.builder("test").cwd(folder).build()).id();
        List<Message> messages = new ArrayList<>();
        for (int i = 1; i <= MESSAGES; i++) {
            messages.add(Message.of(Json.object().put("type", "assistant").put("number", i)));
        }
        journal.append(session, 1, messages);
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    /// @param query such as `after=1&limit=2`
    private HttpReply page(String id, String query) throws Exception {
        Map<String, String> parameters = new HashMap<>();
        for (String each : query.isEmpty() ? new String[0] : query.split("&")) {
            parameters.put(each.split("=")[0], each.split("=")[1]);
        }
        return route.page(new HttpCall("GET", "/", parameters, Map.of(), new byte[0], true), id);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1 2 3 4 5, false",
        "limit=2, 4 5, true",
        "limit=5, 1 2 3 4 5, false",
        "after=0&limit=2, 1 2, true",
        "after=3, 4 5, false",
        "after=3&limit=2, 4 5, false",
        "after=5, '', false",
        "after=99, '', false",
        "before=3, 1 2, false",
        "before=3&limit=1, 2, true",
        "before=1, '', false",
        "after=1&before=5, 2 3 4, false",
        "after=1&before=5&limit=2, 3 4, true",
        "after=1&before=5&limit=3, 2 3 4, false",
        "after=4&before=2, '', false",
        "limit=99999, 1 2 3 4 5, false",
    })
    void aPageHasTheRequestedMessagesAndTellsWhetherThereAreMore(
            String query, String seqs, boolean more) throws Exception {
        HttpReply reply = page(session.toString(), query);
        JsonNode body = Json.parseObject(reply.body());
        List<String> found = new ArrayList<>();
        body.path("messages").forEach(m -> found.add(m.path("seq").asText()));
        assertThat(String.join(" ", found)).isEqualTo(seqs);
        assertThat(body.path("more").asBoolean()).isEqualTo(more);
        body.path("messages").forEach(m -> assertThat(m.path("number")).isEqualTo(m.path("seq")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=-1", "before=-1", "limit=0", "limit=x", "after=1.5"})
    void aNumberThatIsNoneIsNamed(String query) {
        String name = query.substring(0, query.indexOf('='));
        assertThatThrownBy(() -> page(session.toString(), query))
                .isInstanceOf(BadRequestException.class)
                .hasMessageStartingWith(name + " must be a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-uuid", "", "7b0c8dd2-6a5e-4b7e-9b0d-0d5e8f1f2a3b"})
    void anUnknownSessionIsNotFound(String id) throws Exception {
        assertThat(page(id, "").status()).isEqualTo(404);
    }

    /// An error must not keep one of the few slots for pages.
    @Test
    void pagesAreMadeAfterAnyNumberOfErrors() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> page(session.toString(), "limit=x"))
                    .isInstanceOf(BadRequestException.class);
        }
        assertThat(page(session.toString(), "").status()).isEqualTo(200);
    }

    @Test
    void aSearchNeedsWords() {
        HttpCall call = new HttpCall("GET", "/", Map.of("q", " "), Map.of(), new byte[0], true);
        assertThatThrownBy(() -> route.search(call))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("q must not be empty");
    }
}
