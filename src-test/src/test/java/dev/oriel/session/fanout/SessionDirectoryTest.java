package dev.oriel.session.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.SessionRecord;
import dev.oriel.session.api.SessionDirectoryListener;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.api.ThinkingSettings;
import dev.oriel.testing.server.StoredSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The list of sessions, and those who follow it.
class SessionDirectoryTest {
    private final UUID old = UUID.randomUUID();
    private final UUID failed = UUID.randomUUID();
    private final SessionDirectory directory =
            new SessionDirectory(
                    List.of(
                            record(old, 3),
                            StoredSession.of(failed).recency(7).error("why").record()));
    private final Feed feed = new Feed();

    private static SessionRecord record(UUID id, long recency) {
        return StoredSession.of(id).recency(recency).origin("sessions", "{}").record();
    }

    private static SessionView view(UUID id, long recency) {
        return new SessionView(
                record(id, recency), new SessionState.Idle(), null, ThinkingSettings.DEFAULT, 0);
    }

    private List<UUID> ids() {
        return directory.list().stream().map(SessionView::id).toList();
    }

    @Test
    void theLastChangedSessionIsFirst() {
        assertThat(ids()).containsExactly(failed, old);
        directory.update(view(old, directory.nextRecency()));
        assertThat(ids()).containsExactly(old, failed);
    }

    @Test
    void aChangeIsNewerThanAllStoredOnes() {
        assertThat(directory.nextRecency()).isEqualTo(8);
        assertThat(directory.nextRecency()).isEqualTo(9);
    }

    @Test
    void aStoredSessionHasTheStateThatItsRecordTells() {
        assertThat(directory.find(failed).orElseThrow().state())
                .isEqualTo(new SessionState.Failed("why"));
        assertThat(directory.find(old).orElseThrow().state()).isEqualTo(new SessionState.Idle());
        assertThat(directory.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void theListDoesNotHoldTheOptionsOfSessions() {
        UUID added = UUID.randomUUID();
        directory.update(view(added, 9));
        assertThat(directory.list()).allSatisfy(v -> assertThat(v.record().options()).isNull());
    }

    @Test
    void aListenerGetsTheListAndThenEveryChange() {
        UUID added = UUID.randomUUID();
        directory.subscribe(feed);
        directory.update(view(added, 9));
        directory.remove(old);
        assertThat(feed.calls)
                .containsExactly("all " + failed + " " + old, "changed " + added, "deleted " + old);
    }

    @Test
    void theDeletionOfAnUnknownSessionIsNotReported() {
        directory.subscribe(feed);
        directory.remove(UUID.randomUUID());
        assertThat(feed.calls).hasSize(1);
    }

    @Test
    void aListenerThatHasLeftGetsNothing() {
        assertThat(directory.isFollowed()).isFalse();
        directory.subscribe(feed);
        assertThat(directory.isFollowed()).isTrue();
        directory.unsubscribe(feed);
        directory.remove(old);
        assertThat(directory.isFollowed()).isFalse();
        assertThat(feed.calls).hasSize(1);
    }

    private static final class Feed implements SessionDirectoryListener {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void onSessions(List<SessionView> all) {
            StringBuilder ids = new StringBuilder("all");
            all.forEach(v -> ids.append(' ').append(v.id()));
            calls.add(ids.toString());
        }

        @Override
        public void onChanged(SessionView session) {
            calls.add("changed " + session.id());
        }

        @Override
        public void onDeleted(UUID session) {
            calls.add("deleted " + session);
        }
    }
}
