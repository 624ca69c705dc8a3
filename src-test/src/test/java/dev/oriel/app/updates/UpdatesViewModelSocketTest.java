package dev.oriel.app.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.app.files.JsonFile;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.UpdateChoice;
import dev.oriel.testing.manual.ManualClock;
import dev.oriel.testing.peer.TestReleaseFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class UpdatesViewModelSocketTest {
    @TempDir Path folder;
    private final BlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();
    private final List<String> pages = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private TestReleaseFeed server;
    private SettingsViewModel settings;

    @BeforeEach
    void start() throws IOException {
        server = new TestReleaseFeed();
        settings = loadSettings();
    }

    private SettingsViewModel loadSettings() {
        return new SettingsViewModel(
                new JsonFile(folder.resolve("settings.json")), Runnable::run, _ -> {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Starts the model with the files that the previous one has written.
    private UpdatesViewModel open(String version) {
        settings = loadSettings();
        var model =
                new UpdatesViewModel(
                        new BuildInfo(server.at("/releases.json"), server.at("/download"), version),
                        settings,
                        new UpdateHistory(
                                new JsonFile(folder.resolve("updates.json")), Runnable::run),
                        clock,
                        fx::add,
                        pages::add);
        model.open();
        return model;
    }

    private UpdatesViewModel open() {
        return open("0.1.0");
    }

    private void publish(String... versions) {
        server.replyWith(
                200,
                List.of(versions).stream()
                        .map(v ->
                                ("{\"version\":\"%s\",\"date\":\"2026-11-30\",\"notes\":\"Notes of "
                                                + "%s.\",\"page\":\"%s\"}")
                                        .formatted(v, v, server.at("/download")))
                        .toList()
                        .toString());
    }

    /// Waits for the feed's response and processes it.
    private void awaitFeed() throws InterruptedException {
        Objects.requireNonNull(fx.poll(30, TimeUnit.SECONDS), "no response").run();
    }

    private static UpdateState state(UpdatesViewModel model) {
        return model.state().get();
    }

    @Test
    void asksOnceAtTheSecondStart() {
        assertThat(state(open())).isInstanceOf(UpdateState.None.class);
        assertThat(state(open())).isInstanceOf(UpdateState.AskPermission.class);
        assertThat(state(open())).isInstanceOf(UpdateState.None.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void neverChecksWithoutPermission() {
        open();
        UpdatesViewModel second = open();
        second.setAllowed(false);
        assertThat(state(second)).isInstanceOf(UpdateState.None.class);
        assertThat(settings.current().updates()).isEqualTo(UpdateChoice.NO);
        clock.advance(Duration.ofDays(3));
        second.check();
        open();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void asksAgainAtTheNextStartIfTheUserChoseThat() {
        open();
        open().setAllowed(false);
        settings.update(s -> s.withUpdates(UpdateChoice.ASK));
        assertThat(state(open())).isInstanceOf(UpdateState.AskPermission.class);
    }

    @Test
    void withPermissionChecksAtOnceAndThenOnceADay() throws Exception {
        publish("0.2.0");
        open();
        UpdatesViewModel model = open();
        model.setAllowed(true);
        awaitFeed();
        assertThat(state(model)).isInstanceOf(UpdateState.Available.class);
        clock.advance(Duration.ofHours(23));
        model.check();
        open();
        assertThat(server.requests()).hasSize(1);
        clock.advance(Duration.ofHours(1));
        model.check();
        awaitFeed();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void afterAFailureWaitsADayBeforeTheNextCheck() {
        server.replyWith(500, "");
        settings.update(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open();
        await().until(() -> server.requests().size() == 1);
        model.check();
        open();
        assertThat(server.requests()).hasSize(1);
        assertThat(state(model)).isInstanceOf(UpdateState.None.class);
    }

    @Test
    void showsTheNewestVersionWithTheNotesOfAllNewerOnes() throws Exception {
        publish("0.1.0", "0.3.0", "0.2.0", "0.4.0-rc.1");
        settings.update(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open();
        awaitFeed();
        assertThat(state(model))
                .isInstanceOfSatisfying(
                        UpdateState.Available.class,
                        newer -> {
                            assertThat(newer.newest().version()).hasToString("0.3.0");
                            assertThat(newer.notes())
                                    .isEqualTo(
                                            "0.3.0, 2026-11-30\nNotes of 0.3.0.\n\n"
                                                    + "0.2.0, 2026-11-30\nNotes of 0.2.0.");
                            model.openPage(newer.newest().page());
                        });
        assertThat(pages).containsExactly(server.at("/download").toString());
        assertThat(state(model)).isInstanceOf(UpdateState.None.class);
    }

    @Test
    void offersPreReleasesToUsersOfAPreRelease() throws Exception {
        publish("0.4.0-rc.2");
        settings.update(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open("0.4.0-rc.1");
        awaitFeed();
        assertThat(state(model)).isInstanceOf(UpdateState.Available.class);
    }

    @Test
    void showsASkippedVersionNeverAgainButTheNextOne() throws Exception {
        publish("0.2.0");
        settings.update(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open();
        awaitFeed();
        model.skip(((UpdateState.Available) state(model)).newest());
        clock.advance(Duration.ofDays(1));
        model.check();
        awaitFeed();
        assertThat(state(model)).isInstanceOf(UpdateState.None.class);
        publish("0.3.0");
        clock.advance(Duration.ofDays(1));
        model.check();
        awaitFeed();
        assertThat(state(model)).isInstanceOf(UpdateState.Available.class);
    }

    @Test
    void showsNothingAfterThePermissionWasRevoked() throws Exception {
        publish("0.2.0");
        settings.update(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open();
        settings.update(s -> s.withUpdates(UpdateChoice.NO));
        awaitFeed();
        assertThat(state(model)).isInstanceOf(UpdateState.None.class);
    }
}
