package dev.oriel.app.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.testing.peer.TestReleaseFeed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReleaseFeedSocketTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private TestReleaseFeed server;

    @BeforeEach
    void start() throws IOException {
        server = new TestReleaseFeed();
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        server.close();
    }

    private List<Release> fetch(Duration deadline) {
        var published = new BuildInfo(server.at("/releases.json"), server.at("/download"), "0.1.0");
        return new ReleaseFeed(published, deadline).fetch(http).join();
    }

    private List<Release> fetch() {
        return fetch(Duration.ofSeconds(20));
    }

    private String entry(String version, String date, String notes, Object page) {
        return "{\"version\":\"%s\",\"date\":\"%s\",\"notes\":\"%s\",\"page\":\"%s\"}"
                .formatted(version, date, notes, page);
    }

    @Test
    void readsThePublishedVersions() {
        server.replyWith(
                200,
                "["
                        + entry("0.2.0", "2026-12-01", "New.\\n- one", server.at("/download/0.2.0"))
                        + "]");
        assertThat(fetch())
                .containsExactly(
                        new Release(
                                SemVer.parse("0.2.0").orElseThrow(),
                                LocalDate.of(2026, 12, 1),
                                "New.\n- one",
                                server.at("/download/0.2.0")));
    }

    @Test
    void theRequestDoesNotIdentifyTheUser() {
        fetch();
        TestReleaseFeed.Request request = server.requests().getFirst();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.target()).hasToString("/releases.json");
        Set<String> names = new HashSet<>(request.headers().keySet());
        // Headers of the HTTP client, equal for all users.
        names.removeAll(Set.of("Connection", "Upgrade", "Http2-settings", "Content-length"));
        assertThat(names).containsExactlyInAnyOrder("Host", "Accept", "User-agent");
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("Oriel");
    }

    @Test
    void skipsInvalidEntries() {
        URI page = server.at("/download");
        server.replyWith(
                200,
                "["
                        + String.join(
                                ",",
                                entry("newest", "2026-12-01", "", page),
                                entry("0.2.0", "yesterday", "", page),
                                entry("0.2.0", "2026-12-01", "", "https://elsewhere.example/"),
                                entry("0.2.0", "2026-12-01", "", "file:///etc/passwd"),
                                entry("0.2.0", "2026-12-01", "", "javascript:alert(1)"),
                                entry("0.2.0", "2026-12-01", "", "not a page"),
                                entry("0.2.0", "2026-12-01", "", ""),
                                entry(
                                        "0.2.0",
                                        "2026-12-01",
                                        "",
                                        page.toString().replace("//", "//me@")),
                                "{}",
                                "null",
                                "7",
                                "[[]]",
                                entry("0.3.0", "2026-12-02", "", page))
                        + "]");
        assertThat(fetch())
                .singleElement()
                .satisfies(r -> assertThat(r.version()).hasToString("0.3.0"));
    }

    @Test
    void escapesHiddenCharactersInNotesAndCutsLongNotes() {
        server.replyWith(
                200,
                "["
                        + entry("0.2.0", "2026-12-01", "a\\u202eb\\u0007", server.at("/"))
                        + ","
                        + entry("0.3.0", "2026-12-01", "x".repeat(9_000), server.at("/"))
                        + "]");
        List<Release> read = fetch();
        assertThat(read.get(0).notes()).isEqualTo("a⟨U+202E⟩b⟨U+0007⟩");
        assertThat(read.get(1).notes()).hasSize(4_001).endsWith("x…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[", "<html>", "[] []"})
    void failsIfTheFeedIsNotAnArray(String body) {
        server.replyWith(200, body);
        assertThatThrownBy(this::fetch).hasRootCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500})
    void failsForOtherStatusesAndDoesNotFollowRedirects(int status) {
        server.replyWith(status, "[]");
        assertThatThrownBy(this::fetch)
                .hasMessageContaining("the feed responded with status " + status);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void failsIfTheFeedIsTooLarge() {
        server.replyWith(200, "[" + " ".repeat(ReleaseFeed.MAX_BYTES) + "]");
        assertThatThrownBy(this::fetch).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void failsIfTheFeedDoesNotEndInTime() {
        server.stopReplying();
        assertThatThrownBy(() -> fetch(Duration.ofMillis(300))).hasMessageContaining("Timeout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://oriel.example/releases.json",
                "file:///etc/passwd",
                "ftp://127.0.0.1/x",
                "releases.json"
            })
    void fetchesOverHttpsOnlyUnlessTheFeedIsOnThisComputer(String feed) {
        var published = new BuildInfo(URI.create(feed), server.at("/"), "0.1.0");
        assertThatThrownBy(
                        () -> new ReleaseFeed(published, Duration.ofSeconds(5)).fetch(http).join())
                .hasMessageContaining("https");
    }

    @Test
    void theBuildInfoOfThisProgramIsValid() {
        BuildInfo info = BuildInfo.load();
        assertThat(info.feed()).hasScheme("https").hasNoQuery();
        assertThat(info.page()).hasScheme("https").hasHost(info.feed().getHost());
        assertThat(SemVer.parse(info.version())).isPresent();
    }
}
