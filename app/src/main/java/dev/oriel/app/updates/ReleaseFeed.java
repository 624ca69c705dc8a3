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

/// Downloads the list of published versions, a JSON array `[{"version", "date", "notes", "page"}]`.
///
/// The request does not identify the user: it contains no version, identifier or cookie. The
/// response is not trusted: its time and size are limited, redirects are not followed, and invalid
/// entries are skipped. The feed must be at an `https` URL, or at an `http` URL on this computer.
final class ReleaseFeed {
    static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_ENTRIES = 100;
    private static final int MAX_NOTES_LENGTH = 4_000;

    private final BuildInfo published;
    private final Duration deadline;

    ReleaseFeed(BuildInfo published, Duration deadline) {
        this.published = published;
        this.deadline = deadline;
    }

    /// @return the valid entries in the order of the feed; fails with an [IOException], wrapped in
    ///   a [CompletionException], if the feed cannot be read
    CompletableFuture<List<Release>> fetch(HttpClient http) {
        if (!isAllowed(published.feed())) {
            return CompletableFuture.failedFuture(
                    new IOException("the feed is not at an https URL"));
        }
        HttpRequest request =
                HttpRequest.newBuilder(published.feed())
                        .timeout(deadline)
                        .header("Accept", "application/json")
                        .header("User-Agent", "Oriel")
                        .build();
        // The request's timeout covers the headers only; this one covers the whole response.
        return http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES))
                .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(this::read);
    }

    private static boolean isAllowed(URI uri) {
        try {
            return "https".equals(uri.getScheme())
                    || ServerAddress.parse(uri.getScheme() + "://" + uri.getAuthority())
                            .isLoopback();
        } catch (InvalidAddressException _) {
            return false;
        }
    }

    private List<Release> read(HttpResponse<byte[]> response) {
        try {
            if (response.statusCode() != 200) {
                throw new IOException("the feed responded with status " + response.statusCode());
            }
            if (!(Json.mapper().readTree(response.body()) instanceof ArrayNode entries)) {
                throw new IOException("the feed is not a list");
            }
            List<Release> releases = new ArrayList<>();
            for (int i = 0; i < Math.min(entries.size(), MAX_ENTRIES); i++) {
                release(entries.get(i)).ifPresent(releases::add);
            }
            return releases;
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
                    .map(version -> new Release(version, date, toDisplay(notes), page));
        } catch (DateTimeParseException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Whether the page has the same scheme, host and port as the page in [BuildInfo].
    private boolean isOurs(URI page) {
        URI expected = published.page();
        return expected.getScheme().equals(page.getScheme())
                && page.getHost() != null
                && expected.getHost().equalsIgnoreCase(page.getHost())
                && expected.getPort() == page.getPort()
                && page.getUserInfo() == null
                && isAllowed(page);
    }

    private static String toDisplay(String notes) {
        String visible = EscapedText.of(notes.replace("\r\n", "\n"));
        if (visible.length() <= MAX_NOTES_LENGTH) {
            return visible;
        }
        return visible.substring(0, Graphemes.prefixEnd(visible, MAX_NOTES_LENGTH)) + "…";
    }
}
