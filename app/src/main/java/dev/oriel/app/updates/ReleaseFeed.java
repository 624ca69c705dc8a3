package dev.oriel.app.updates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.oriel.app.text.EscapedText;
import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.ServerAddress;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// The list of versions that were published: `[{"version", "date", "notes", "page"}]`, JSON.
///
/// The request says nothing of who asks: no version, no identifier, no cookie. What comes back is
/// taken from outside: bounded in time and size, redirects are not followed, and an entry that is
/// not sound is left out. Only `https` is asked, and plain `http` on this computer.
final class ReleaseFeed {
    static final int MAX_BYTES = 256 * 1024;
    private static final int MOST = 100;
    private static final int LONGEST_NOTES = 4_000;

    private final BuildInfo published;
    private final Duration deadline;

    ReleaseFeed(BuildInfo published, Duration deadline) {
        this.published = published;
        this.deadline = deadline;
    }

    /// @return the sound ones, as they stand in the feed; fails with an [IOException] within a
    ///   [CompletionException] otherwise
    CompletableFuture<List<Release>> fetch(HttpClient http) {
        if (!mayBeReached(published.feed())) {
            return CompletableFuture.failedFuture(
                    new IOException("the feed is not reached over https"));
        }
        HttpRequest request =
                HttpRequest.newBuilder(published.feed())
                        .timeout(deadline)
                        .header("Accept", "application/json")
                        .header("User-Agent", "Oriel")
                        .build();
        // The request's own deadline ends with the headers; this one is for all of it.
        return http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES))
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(this::read);
    }

    private static boolean mayBeReached(URI at) {
        try {
            return "https".equals(at.getScheme())
                    || ServerAddress.parse(at.getScheme() + "://" + at.getAuthority()).isLoopback();
        } catch (InvalidAddressException _) {
            return false;
        }
    }

    private List<Release> read(HttpResponse<byte[]> response) {
        try {
            if (response.statusCode() != 200) {
                throw new IOException("the feed answers " + response.statusCode());
            }
            if (!(Json.mapper().readTree(response.body()) instanceof ArrayNode entries)) {
                throw new IOException("the feed is not a list");
            }
            List<Release> sound = new ArrayList<>();
            for (int i = 0; i < Math.min(entries.size(), MOST); i++) {
                release(entries.get(i)).ifPresent(sound::add);
            }
            return sound;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private Optional<Release> release(JsonNode entry) {
        try {
            LocalDate date = LocalDate.parse(entry.path("date").asText());
            URI page = URI.create(entry.path("page").asText());
            String notes = entry.path("notes").asText().strip();
            return SemVer.parse(entry.path("version").asText())
                    .filter(_ -> isOurs(page))
                    .map(version -> new Release(version, date, shown(notes), page));
        } catch (DateTimeParseException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Of the same scheme, host and port as the page that was built in.
    private boolean isOurs(URI page) {
        URI known = published.page();
        return known.getScheme().equals(page.getScheme())
                && page.getHost() != null
                && known.getHost().equalsIgnoreCase(page.getHost())
                && known.getPort() == page.getPort()
                && page.getUserInfo() == null
                && mayBeReached(page);
    }

    private static String shown(String notes) {
        String visible = EscapedText.of(notes.replace("\r\n", "\n"));
        if (visible.length() <= LONGEST_NOTES) {
            return visible;
        }
        return visible.substring(0, Graphemes.prefixEnd(visible, LONGEST_NOTES)) + "…";
    }
}
