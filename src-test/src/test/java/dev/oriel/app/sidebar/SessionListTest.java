package dev.oriel.app.sidebar;

import static dev.oriel.testing.client.FakeServerClient.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionListTest {
    private final List<Set<String>> saved = new ArrayList<>();
    private final SessionList list = new SessionList(Set.of("old"), saved::add);

    private static SessionInfo running(String id) {
        return session(id, "Title", Activity.RUNNING);
    }

    private static SessionInfo idle(String id) {
        return session(id, "Title", Activity.IDLE);
    }

    @Test
    void nothingIsKnownUntilTheServerHasReportedItsSessions() {
        assertThat(list.sessions().get()).isNull();
        list.setAll(List.of());
        assertThat(list.sessions().get()).isEmpty();
        list.clear();
        assertThat(list.sessions().get()).isNull();
    }

    @Test
    void aSessionThatFinishesATurnUnseenIsUnseenUntilItIsOpened() {
        list.setAll(List.of(running("a")));
        list.update(idle("a"));
        assertThat(list.isUnseen("a")).isTrue();
        list.setCurrent("a");
        assertThat(list.isUnseen("a")).isFalse();
        assertThat(saved).containsExactly(Set.of("old", "a"), Set.of("old"));
    }

    @Test
    void theOpenSessionIsNeverUnseen() {
        list.setAll(List.of(running("a")));
        list.setCurrent("a");
        list.update(idle("a"));
        assertThat(list.isUnseen("a")).isFalse();
        assertThat(saved).isEmpty();
    }

    @Test
    void aTurnThatFinishesBetweenTwoConnectionsCountsToo() {
        list.setAll(List.of(running("a")));
        list.setAll(List.of(idle("a")));
        assertThat(list.isUnseen("a")).isTrue();
    }

    @Test
    void unseenSessionsAreRememberedAndForgottenWithTheirSession() {
        assertThat(list.isUnseen("old")).isTrue();
        list.remove("old");
        assertThat(list.isUnseen("old")).isFalse();
        assertThat(saved).containsExactly(Set.of());
    }

    @Test
    void foldersAreListedOnceEach() {
        list.setAll(List.of(idle("a"), idle("b")));
        assertThat(list.folders()).containsExactly(Path.of("/proj"));
    }
}
