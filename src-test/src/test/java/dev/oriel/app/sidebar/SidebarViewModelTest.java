package dev.oriel.app.sidebar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.SearchHit;
import dev.oriel.client.SessionInfo;
import dev.oriel.client.SessionInfo.Activity;
import dev.oriel.testing.manual.ManualScheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SidebarViewModelTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final List<String> opened = new ArrayList<>();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> searched = new ArrayList<>();
    private List<SearchHit> hits = List.of();
    private final SessionList sessions = new SessionList(Set.of(), _ -> {});
    private final SidebarViewModel list =
            new SidebarViewModel(
                    sessions,
                    new SidebarActions() {
                        @Override
                        public void newSession() {
                            opened.add("new");
                        }

                        @Override
                        public void open(String id) {
                            opened.add(id);
                        }

                        @Override
                        public void openHit(SidebarRow.Hit hit) {
                            opened.add(hit.session() + " at " + hit.seq());
                        }

                        @Override
                        public void rename(String id, String title) {
                            opened.add(title);
                        }

                        @Override
                        public void pin(String id, boolean pinned) {
                            opened.add(id);
                        }

                        @Override
                        public void delete(String id) {
                            opened.add(id);
                        }
                    },
                    (words, callback) -> {
                        searched.add(words);
                        callback.accept(hits);
                    },
                    scheduler,
                    Clock.fixed(NOW, ZoneOffset.UTC));

    private static SessionInfo session(String id, Duration ago, Activity activity, boolean pinned) {
        Instant then = NOW.minus(ago);
        return new SessionInfo(
                id,
                "Title " + id,
                "/home/anna/" + id,
                "demo",
                activity,
                null,
                null,
                pinned,
                false,
                then,
                then,
                0,
                0,
                0,
                null);
    }

    private static SessionInfo session(String id, Duration ago) {
        return session(id, ago, Activity.IDLE, false);
    }

    private List<String> shown() {
        return list.rows().stream()
                .map(r ->
                        switch (r) {
                            case SidebarRow.Hit hit -> "found: " + hit.snippet();
                            case SidebarRow.Heading(String title) -> "= " + title;
                            case SidebarRow.Session s -> s.id() + ", " + s.age() + ", " + s.badge();
                        })
                .toList();
    }

    @Test
    void sessionsAreGroupedByDayNewestFirstAndPinnedOnesOnTop() {
        sessions.setAll(
                List.of(
                        session("a", Duration.ofDays(40)),
                        session("b", Duration.ofMinutes(5)),
                        session("c", Duration.ofDays(1)),
                        session("d", Duration.ofDays(3), Activity.IDLE, true),
                        session("e", Duration.ofDays(4)),
                        session("f", Duration.ofHours(2))));
        assertThat(shown())
                .containsExactly(
                        "= Pinned",
                        "d, 3 days, NONE",
                        "= Today",
                        "b, 5 min, NONE",
                        "f, 2 h, NONE",
                        "= Yesterday",
                        "c, 1 day, NONE",
                        "= Last 7 days",
                        "e, 4 days, NONE",
                        "= Older",
                        "a, 11 Oct, NONE");
    }

    @Test
    void aTurnThatFinishesUnseenIsMarkedUntilItsSessionIsOpened() {
        Duration ago = Duration.ZERO;
        sessions.setAll(List.of(session("a", ago, Activity.RUNNING, false), session("b", ago)));
        sessions.setCurrent("b");
        sessions.update(session("a", ago, Activity.ASKING, false));
        assertThat(shown()).contains("a, now, NEEDS_YOU");
        sessions.update(session("a", ago));
        assertThat(shown()).contains("a, now, UNSEEN");
        sessions.setCurrent("a");
        assertThat(shown()).contains("a, now, NONE");
        sessions.update(session("a", ago, Activity.RUNNING, false));
        sessions.update(session("a", ago));
        assertThat(shown()).contains("a, now, NONE");
    }

    @Test
    void theFilterMatchesTitleAndFolderAndAnEmptyResultIsExplained() {
        sessions.setAll(List.of(session("alpha", Duration.ZERO), session("beta", Duration.ZERO)));
        list.filter().set("BET");
        assertThat(shown()).containsExactly("= Today", "beta, now, NONE");
        list.filter().set("gamma");
        assertThat(list.empty().get()).contains("gamma");
    }

    @Test
    void anEmptyListIsExplained() {
        assertThat(list.empty().get()).isEmpty();
        sessions.setAll(List.of());
        assertThat(list.empty().get()).contains("sessions of this server");
    }

    @Test
    void sessionsAreOpenedByNeighbourWithWrapAroundAndByNumber() {
        sessions.setAll(List.of(session("a", Duration.ZERO), session("b", Duration.ofDays(9))));
        sessions.setCurrent("b");
        list.openNeighbour(1);
        list.openNeighbour(-1);
        list.openNumber(2);
        list.openNumber(3);
        assertThat(opened).containsExactly("a", "a", "b");
    }

    @Test
    void aFilterSearchesInMessagesOnceItStopsChanging() {
        sessions.setAll(List.of(session("a", Duration.ZERO)));
        hits = List.of(new SearchHit("a", 7, "the found words"));
        list.filter().set("fo");
        list.filter().set("found");
        assertThat(searched).isEmpty();
        scheduler.advance(Duration.ofMillis(200));
        assertThat(searched).containsExactly("found");
        assertThat(shown()).containsExactly("= Found in messages", "found: the found words");
    }

    @Test
    void aSingleCharacterIsNotSearchedFor() {
        list.filter().set("f");
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(searched).isEmpty();
    }

    @Test
    void anotherServerHasNoRowsAndNoHits() {
        sessions.setAll(List.of(session("a", Duration.ZERO)));
        hits = List.of(new SearchHit("a", 7, "the found words"));
        list.filter().set("found");
        scheduler.advance(Duration.ofMillis(200));
        sessions.clear();
        assertThat(list.rows()).isEmpty();
        sessions.setAll(List.of(session("a", Duration.ZERO)));
        assertThat(list.rows()).isEmpty();
    }

    @Test
    void aHitOfASessionThatIsNotListedIsLeftOut() {
        sessions.setAll(List.of(session("a", Duration.ZERO)));
        hits = List.of(new SearchHit("unknown", 7, "the found words"));
        list.filter().set("found");
        scheduler.advance(Duration.ofMillis(200));
        assertThat(list.rows()).isEmpty();
        assertThat(list.empty().get()).startsWith("Nothing found for “found”");
    }
}
