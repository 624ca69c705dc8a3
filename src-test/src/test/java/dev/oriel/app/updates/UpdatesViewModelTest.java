package dev.oriel.app.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.oriel.app.files.JsonFile;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.UpdateChoice;
import dev.oriel.testing.TestFeed;
import dev.oriel.testing.TurningClock;
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
class UpdatesViewModelTest {
    @TempDir Path folder;
    private final BlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();
    private final List<String> pages = new ArrayList<>();
    private final TurningClock clock = new TurningClock();
    private TestFeed server;
    private SettingsViewModel settings;

    @BeforeEach
    void start() throws IOException {
        server = new TestFeed();
        settings = read();
    }

    private SettingsViewModel read() {
        return new SettingsViewModel(
                new JsonFile(folder.resolve("settings.json")), Runnable::run, _ -> {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Every start reads what the one before has written.
    private UpdatesViewModel open(String version) {
        settings = read();
        var model =
                new UpdatesViewModel(
                        new Published(server.at("/releases.json"), server.at("/download"), version),
                        settings,
                        new UpdateMemory(
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
        server.answer(
                200,
                List.of(versions).stream()
                        .map(v ->
                                "{\"version\":\"%s\",\"date\":\"2026-11-30\",\"notes\":\"Notes of %s.\",\"page\":\"%s\"}"
                                        .formatted(v, v, server.at("/download")))
                        .toList()
                        .toString());
    }

    /// Waits for the answer of the feed, and takes it in.
    private void hear() throws InterruptedException {
        Objects.requireNonNull(fx.poll(30, TimeUnit.SECONDS), "no answer").run();
    }

    private static UpdateState state(UpdatesViewModel model) {
        return model.state().get();
    }

    @Test
    void asksOnceAtTheSecondStart() {
        assertThat(state(open())).isInstanceOf(UpdateState.Quiet.class);
        assertThat(state(open())).isInstanceOf(UpdateState.MayWeLook.class);
        assertThat(state(open())).isInstanceOf(UpdateState.Quiet.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void afterANoItNeverLooks() {
        open();
        UpdatesViewModel second = open();
        second.answer(false);
        assertThat(state(second)).isInstanceOf(UpdateState.Quiet.class);
        assertThat(settings.now().updates()).isEqualTo(UpdateChoice.NO);
        clock.turn(Duration.ofDays(3));
        second.look();
        open();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whoChoosesToBeAskedAgainIsAskedAtTheNextStart() {
        open();
        open().answer(false);
        settings.change(s -> s.withUpdates(UpdateChoice.ASK));
        assertThat(state(open())).isInstanceOf(UpdateState.MayWeLook.class);
    }

    @Test
    void afterAYesItLooksAtOnceAndThenOnceADay() throws Exception {
        publish("0.2.0");
        open();
        UpdatesViewModel model = open();
        model.answer(true);
        hear();
        assertThat(state(model)).isInstanceOf(UpdateState.Newer.class);
        clock.turn(Duration.ofHours(23));
        model.look();
        open();
        assertThat(server.requests()).hasSize(1);
        clock.turn(Duration.ofHours(1));
        model.look();
        hear();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aFeedThatCannotBeReadIsAskedAgainTheNextDayAndNotBefore() {
        server.answer(500, "");
        settings.change(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open();
        await().until(() -> server.requests().size() == 1);
        model.look();
        open();
        assertThat(server.requests()).hasSize(1);
        assertThat(state(model)).isInstanceOf(UpdateState.Quiet.class);
    }

    @Test
    void tellsOfTheNewestWithTheNotesOfAllInBetween() throws Exception {
        publish("0.1.0", "0.3.0", "0.2.0", "0.4.0-rc.1");
        settings.change(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open();
        hear();
        assertThat(state(model))
                .isInstanceOfSatisfying(
                        UpdateState.Newer.class,
                        newer -> {
                            assertThat(newer.newest().version()).hasToString("0.3.0");
                            assertThat(newer.notes())
                                    .isEqualTo(
                                            "0.3.0, 2026-11-30\nNotes of 0.3.0.\n\n"
                                                    + "0.2.0, 2026-11-30\nNotes of 0.2.0.");
                            model.openPage(newer.newest().page());
                        });
        assertThat(pages).containsExactly(server.at("/download").toString());
        assertThat(state(model)).isInstanceOf(UpdateState.Quiet.class);
    }

    @Test
    void whoRunsAPreReleaseHearsOfThem() throws Exception {
        publish("0.4.0-rc.2");
        settings.change(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open("0.4.0-rc.1");
        hear();
        assertThat(state(model)).isInstanceOf(UpdateState.Newer.class);
    }

    @Test
    void aVersionThatIsSkippedIsNotToldAgainButTheNextOneIs() throws Exception {
        publish("0.2.0");
        settings.change(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open();
        hear();
        model.leaveOut(((UpdateState.Newer) state(model)).newest());
        clock.turn(Duration.ofDays(1));
        model.look();
        hear();
        assertThat(state(model)).isInstanceOf(UpdateState.Quiet.class);
        publish("0.3.0");
        clock.turn(Duration.ofDays(1));
        model.look();
        hear();
        assertThat(state(model)).isInstanceOf(UpdateState.Newer.class);
    }

    @Test
    void whoTakesTheYesBackHearsNothingMore() throws Exception {
        publish("0.2.0");
        settings.change(s -> s.withUpdates(UpdateChoice.YES));
        UpdatesViewModel model = open();
        settings.change(s -> s.withUpdates(UpdateChoice.NO));
        hear();
        assertThat(state(model)).isInstanceOf(UpdateState.Quiet.class);
    }
}
