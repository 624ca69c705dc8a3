package dev.oriel.agent.api.tool.other;

import dev.oriel.agent.api.cancel.CancelScope;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Loads pages of the public web as text. Thread-safe.
final class WebPages {
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_ADDRESS = 2000;
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*[\"']?([A-Za-z0-9._:-]{1,40})");

    private final PinnedFetch fetch;

    WebPages(PinnedFetch fetch) {
        this.fetch = fetch;
    }

    /// A loaded page, or where it has moved to.
    ///
    /// @param text null if it has moved to another host
    /// @param movedTo the other address; null if it has not
    record Loaded(
            URI uri,
            int status,
            String reason,
            long bytes,
            @Nullable String text,
            @Nullable URI movedTo) {}

    /// The address to load: HTTPS, without a fragment.
    ///
    /// @throws IOException if it cannot be an address of the public web; the message is for the
    ///   model
    static URI address(String url) throws IOException {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IOException("This is no valid URL.", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (url.length() > MOST_ADDRESS || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IOException(
                    "Only http and https URLs of up to 2000 characters are possible.");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IOException("The URL must have a host, and no user name or password.");
        }
        if (!AddressGuard.isPublicName(uri.getHost())) {
            throw new IOException("The host " + uri.getHost() + " is not on the public internet.");
        }
        boolean isDefaultPort = uri.getPort() < 0 || (scheme.equals("http") && uri.getPort() == 80);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return URI.create(
                "https://"
                        + uri.getHost().toLowerCase(Locale.ROOT)
                        + (isDefaultPort ? "" : ":" + uri.getPort())
                        + path
                        + query);
    }

    /// Loads a page, and follows redirects on the same host. Blocks.
    ///
    /// @throws IOException if it cannot be loaded; the message is for the model
    Loaded load(URI uri, CancelScope cancel) throws IOException {
        URI at = uri;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            PinnedFetch.Page page = fetch.get(at, cancel);
            String location = page.status() / 100 == 3 ? page.location() : null;
            if (location == null) {
                String text = page.status() / 100 == 2 ? text(page) : "";
                return new Loaded(at, page.status(), page.reason(), page.body().length, text, null);
            }
            URI next = next(at, location);
            if (!isSameHost(at, next)) {
                return new Loaded(at, page.status(), page.reason(), page.body().length, null, next);
            }
            at = next;
        }
        throw new IOException("The page redirects more than " + MOST_REDIRECTS + " times.");
    }

    private static URI next(URI at, String location) throws IOException {
        try {
            return address(at.resolve(new URI(location)).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("The page redirects to an address that is not valid.", e);
        }
    }

    private static boolean isSameHost(URI a, URI b) {
        return withoutWww(a).equals(withoutWww(b)) && a.getPort() == b.getPort();
    }

    private static String withoutWww(URI uri) {
        String host = uri.getHost();
        return host.startsWith("www.") ? host.substring(4) : host;
    }

    private static String text(PinnedFetch.Page page) throws IOException {
        String type = page.type().toLowerCase(Locale.ROOT);
        String kind = type.split(";", 2)[0].strip();
        boolean isHtml = kind.equals("text/html") || kind.equals("application/xhtml+xml");
        boolean isText =
                kind.isEmpty()
                        || kind.startsWith("text/")
                        || kind.matches("application/([a-z0-9.+-]*[+])?(json|xml|yaml|x-yaml)")
                        || kind.equals("application/javascript");
        if (!isHtml && !isText) {
            throw new IOException("The page is no text but " + kind + ".");
        }
        String raw = new String(page.body(), charset(type, page.body()));
        return (isHtml ? HtmlText.of(raw) : raw).replace('\0', '\uFFFD');
    }

    private static Charset charset(String type, byte[] body) {
        String head = new String(body, 0, Math.min(body.length, 1024), StandardCharsets.ISO_8859_1);
        for (String place : List.of(type, head)) {
            Matcher name = CHARSET.matcher(place);
            if (name.find()) {
                try {
                    return Charset.forName(name.group(1));
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    return StandardCharsets.UTF_8;
                }
            }
        }
        return StandardCharsets.UTF_8;
    }
}
