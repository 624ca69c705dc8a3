package dev.oriel.app.updates;

import dev.oriel.app.settings.NetworkSettings;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.UpdateChoice;
import dev.oriel.client.transport.TransportException;
import dev.oriel.platform.FutureFailures;
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

/// Checks for newer versions of Oriel if the user allows it. It asks for permission once, at the
/// second start. With permission it downloads the release feed at most once a day; a failure is
/// only logged, and the next attempt is a day later. Confined to the JavaFX thread.
public final class UpdatesViewModel {
    private static final Logger LOG = LoggerFactory.getLogger(UpdatesViewModel.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final BuildInfo published;
    private final ReleaseFeed feed;
    private final SettingsViewModel settings;
    private final UpdateHistory history;
    private final Clock clock;
    private final Executor fx;
    private final Consumer<String> browser;
    private final ReadOnlyObjectWrapper<UpdateState> state =
            new ReadOnlyObjectWrapper<>(new UpdateState.None());
    private boolean opened;

    /// @param browser opens a URL in the user's browser
    public UpdatesViewModel(
            BuildInfo published,
            SettingsViewModel settings,
            UpdateHistory history,
            Clock clock,
            Executor fx,
            Consumer<String> browser) {
        this.published = published;
        this.feed = new ReleaseFeed(published, DEADLINE);
        this.settings = settings;
        this.history = history;
        this.clock = clock;
        this.fx = fx;
        this.browser = browser;
    }

    /// Called once, after the window was opened.
    public void open() {
        opened = true;
        int starts = history.recordStart();
        if (settings.current().updates() == UpdateChoice.ASK && starts > 1 && !history.wasAsked()) {
            history.setAsked(true);
            state.set(new UpdateState.AskPermission());
        }
        settings.settings().map(s -> s.updates()).subscribe((_, choice) -> onChoice(choice));
        check();
    }

    private void onChoice(UpdateChoice choice) {
        // With ASK the user is asked again at the next start.
        history.setAsked(choice != UpdateChoice.ASK);
        state.set(new UpdateState.None());
        check();
    }

    public void setAllowed(boolean allowed) {
        settings.update(s -> s.withUpdates(allowed ? UpdateChoice.YES : UpdateChoice.NO));
    }

    /// Downloads the feed if the user allows it and the last check was at least a day ago. Called
    /// periodically while the window is open.
    public void check() {
        Instant now = clock.instant();
        boolean due = Duration.between(history.lastCheck(), now).abs().compareTo(DAY) >= 0;
        if (!opened || settings.current().updates() != UpdateChoice.YES || !due) {
            return;
        }
        history.setLastCheck(now);
        NetworkSettings network = settings.current().network();
        CompletableFuture.supplyAsync(() -> createHttpClient(network), Thread::startVirtualThread)
                .thenCompose(http -> feed.fetch(http).whenComplete((_, _) -> http.shutdownNow()))
                .whenComplete((releases, failure) -> {
                    if (failure == null) {
                        fx.execute(() -> onReleases(releases));
                    } else {
                        LOG.info(
                                "Cannot check for new versions: {}",
                                FutureFailures.unwrap(failure).toString());
                    }
                });
    }

    /// Blocks: reads certificates from files.
    private static HttpClient createHttpClient(NetworkSettings network) {
        try {
            return network.transport().createHttpClient(Thread::startVirtualThread);
        } catch (TransportException e) {
            throw new CompletionException(e);
        }
    }

    private void onReleases(List<Release> releases) {
        SemVer own = SemVer.parse(published.version()).orElseThrow();
        List<Release> newer =
                releases.stream()
                        .filter(r -> r.version().compareTo(own) > 0)
                        // Pre-releases are offered only to users of a pre-release.
                        .filter(r -> r.version().isRelease() || !own.isRelease())
                        .sorted(Comparator.comparing(Release::version).reversed())
                        .toList();
        boolean allowed = settings.current().updates() == UpdateChoice.YES;
        if (allowed && !newer.isEmpty() && !isSkipped(newer.getFirst())) {
            state.set(new UpdateState.Available(newer.getFirst(), notes(newer)));
        }
    }

    private boolean isSkipped(Release newest) {
        return newest.version().toString().equals(history.skippedVersion());
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

    /// Does not show this version again.
    void skip(Release release) {
        history.setSkippedVersion(release.version().toString());
        dismiss();
    }

    void dismiss() {
        state.set(new UpdateState.None());
    }

    ReadOnlyObjectProperty<UpdateState> state() {
        return state.getReadOnlyProperty();
    }
}
