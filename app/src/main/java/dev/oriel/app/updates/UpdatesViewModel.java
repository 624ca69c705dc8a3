package dev.oriel.app.updates;

import dev.oriel.app.settings.NetworkSettings;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.UpdateChoice;
import dev.oriel.platform.FutureFailures;
import dev.oriel.client.transport.TransportException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that there is a newer Oriel, if the person wants to hear it: asks once, at the second
/// start; with a yes it looks at the release feed at most once a day. A feed that cannot be read is
/// no trouble of theirs: it is asked again the next day. Belongs to the JavaFX thread.
public final class UpdatesViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(UpdatesViewModel.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final BuildInfo published;
    private final ReleaseFeed feed;
    private final SettingsViewModel settings;
    private final UpdateHistory memory;
    private final Clock clock;
    private final Executor fx;
    private final Consumer<String> browser;
    private final ReadOnlyObjectWrapper<UpdateState> state =
            new ReadOnlyObjectWrapper<>(new UpdateState.None());
    private boolean opened;

    /// @param browser opens a page
    public UpdatesViewModel(
            BuildInfo published,
            SettingsViewModel settings,
            UpdateHistory memory,
            Clock clock,
            Executor fx,
            Consumer<String> browser) {
        this.published = published;
        this.feed = new ReleaseFeed(published, DEADLINE);
        this.settings = settings;
        this.memory = memory;
        this.clock = clock;
        this.fx = fx;
        this.browser = browser;
    }

    /// The window has been opened.
    public void open() {
        opened = true;
        int starts = memory.recordStart();
        if (settings.current().updates() == UpdateChoice.ASK && starts > 1 && !memory.wasAsked()) {
            memory.setAsked(true);
            state.set(new UpdateState.AskPermission());
        }
        settings.settings().map(s -> s.updates()).subscribe((_, now) -> onChoice(now));
        check();
    }

    private void onChoice(UpdateChoice now) {
        // Who wants to be asked again is, at the next start.
        memory.setAsked(now != UpdateChoice.ASK);
        state.set(new UpdateState.None());
        check();
    }

    public void setAllowed(boolean yes) {
        settings.update(s -> s.withUpdates(yes ? UpdateChoice.YES : UpdateChoice.NO));
    }

    /// Looks if it may and a day has passed; to be called now and then while the window is open.
    public void check() {
        Instant now = clock.instant();
        boolean due = Duration.between(memory.lastCheck(), now).abs().compareTo(DAY) >= 0;
        if (!opened || settings.current().updates() != UpdateChoice.YES || !due) {
            return;
        }
        memory.setLastCheck(now);
        NetworkSettings network = settings.current().network();
        CompletableFuture.supplyAsync(() -> createHttpClient(network), Thread::startVirtualThread)
                .thenCompose(http -> feed.fetch(http).whenComplete((_, _) -> http.shutdownNow()))
                .whenComplete((releases, failure) -> {
                    if (failure == null) {
                        fx.execute(() -> onReleases(releases));
                    } else {
                        LOG.info(
                                "New versions are not known: {}",
                                FutureFailures.unwrap(failure).toString());
                    }
                });
    }

    /// Reads certificates from files; blocks.
    private static HttpClient createHttpClient(NetworkSettings network) {
        try {
            return network.transport().createHttpClient(Thread::startVirtualThread);
        } catch (TransportException e) {
            throw new CompletionException(e);
        }
    }

    private void onReleases(List<Release> all) {
        SemVer own = SemVer.parse(published.version()).orElseThrow();
        List<Release> newer =
                all.stream()
                        .filter(r -> r.version().compareTo(own) > 0)
                        // Who runs a release does not want to try what is not finished.
                        .filter(r -> r.version().isRelease() || !own.isRelease())
                        .sorted(Comparator.comparing(Release::version).reversed())
                        .toList();
        boolean wanted = settings.current().updates() == UpdateChoice.YES;
        if (wanted && !newer.isEmpty() && !isSkipped(newer.getFirst())) {
            state.set(new UpdateState.Available(newer.getFirst(), notes(newer)));
        }
    }

    private boolean isSkipped(Release newest) {
        return newest.version().toString().equals(memory.skippedVersion());
    }

    private static String notes(List<Release> newer) {
        return newer.size() == 1
                ? newer.getFirst().notes()
                : newer.stream()
                        .map(r -> (r.version() + ", " + r.date() + "\n" + r.notes()).strip())
                        .collect(Collectors.joining("\n\n"));
    }

    void openPage(URI page) {
        browser.accept(page.toString());
        dismiss();
    }

    /// Not to be told of this version again.
    void skip(Release release) {
        memory.setSkippedVersion(release.version().toString());
        dismiss();
    }

    void dismiss() {
        state.set(new UpdateState.None());
    }

    ReadOnlyObjectProperty<UpdateState> state() {
        return state.getReadOnlyProperty();
    }
}
