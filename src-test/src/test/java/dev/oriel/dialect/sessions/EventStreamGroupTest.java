package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.sqlite.SqliteJournal;
import dev.oriel.session.Session;
import dev.oriel.session.Sessions;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.event.SessionEvent;
import dev.oriel.session.event.SessionEvent.ControlReply;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.manual.RecordingPeer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replies to posts of a client, which arrive on its streams.
class EventStreamGroupTest {
    private static final Pattern REQUEST = Pattern.compile("\"request_id\":\"(\\w+)\"");

    @TempDir Path folder;
    private SqliteJournal journal;
    private Sessions sessions;
    private Session session;
    private EventStreamGroup group;

    @BeforeEach
    void open() throws Exception {
        journal = SqliteJournal.open(folder.resolve("oriel.db"));
        sessions =
                new Sessions(
                        journal,
                        List.of(new ScriptedProvider()),
                        SessionPolicy.defaults(),
                        InstantSource.system());
        var view = sessions.create(SessionSpec.builder("test").cwd(folder).build());
        session = sessions.open(view.id()).orElseThrow();
        group = new EventStreamGroup(session);
    }

    @AfterEach
    void close() {
        sessions.close();
        journal.close();
    }

    private static SessionEvent reply(String request) {
        return ControlReply.success(request, null);
    }

    private EventStreamSubscriber stream(RecordingPeer peer) {
        return new EventStreamSubscriber(session.id(), peer);
    }

    /// The ids of the requests whose replies have arrived.
    private static List<String> replies(RecordingPeer peer) {
        List<String> ids = new ArrayList<>();
        for (String text : peer.texts()) {
            Matcher matcher = REQUEST.matcher(text);
            while (matcher.find()) {
                ids.add(matcher.group(1));
            }
        }
        return ids;
    }

    @Test
    void eachStreamReceivesTheReplies() {
        var first = new RecordingPeer();
        var second = new RecordingPeer();
        group.add(stream(first));
        group.add(stream(second));
        group.send(reply("r1"));
        assertThat(replies(first)).containsExactly("r1");
        assertThat(replies(second)).containsExactly("r1");
    }

    @Test
    void repliesFromBeforeTheFirstStreamArriveOnItInOrderAndOnNoOther() {
        group.send(reply("r1"));
        group.send(reply("r2"));
        var first = new RecordingPeer();
        group.add(stream(first));
        group.send(reply("r3"));
        var second = new RecordingPeer();
        group.add(stream(second));
        assertThat(replies(first)).containsExactly("r1", "r2", "r3");
        assertThat(replies(second)).isEmpty();
    }

    @Test
    void ofManyEarlyRepliesTheLastAreKept() {
        for (int i = 1; i <= 70; i++) {
            group.send(reply("r" + i));
        }
        var peer = new RecordingPeer();
        group.add(stream(peer));
        assertThat(replies(peer)).hasSize(64).startsWith("r7").endsWith("r70");
    }

    @Test
    void theGroupEndsWithItsLastStream() {
        EventStreamSubscriber first = stream(new RecordingPeer());
        var peer = new RecordingPeer();
        EventStreamSubscriber second = stream(peer);
        group.add(first);
        group.add(second);
        assertThat(group.remove(first)).isFalse();
        group.send(reply("r1"));
        assertThat(replies(peer)).containsExactly("r1");
        assertThat(group.remove(second)).isTrue();
    }

    /// A full group would stop the session.
    @Test
    void theGroupAlwaysHasRoom() {
        List<String> ran = new ArrayList<>();
        group.whenRoom(() -> ran.add("now"));
        assertThat(ran).containsExactly("now");
        assertThat(group.isFull()).isFalse();
    }
}
