package dev.oriel.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A page to try a dialect in a browser: a few files out of the jar, the same for everybody.
///
/// Whoever asks gets them, without a token: they hold no secret. What the page may do is bounded by
/// a strict policy: scripts and styles from this server alone, nothing inline, no frames.
///
/// Any thread.
public final class PageFiles {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final boolean needsToken;
    private final Map<String, Source> files = new LinkedHashMap<>();

    /// Read when it is asked for: a server that shows no page starts without it.
    private record Source(Class<?> owner, String file) {}

    /// With what all pages share.
    ///
    /// @param prefix of the paths, ends in `/`
    /// @param needsToken whether the page must ask its user for the token
    public PageFiles(String prefix, boolean needsToken) {
        this.needsToken = needsToken;
        with(prefix + "oriel-page.css", PageFiles.class, "oriel-page.css");
        with(prefix + "oriel-page.js", PageFiles.class, "oriel-page.js");
    }

    /// Adds a file.
    ///
    /// @param owner a class in the package where it stands
    public PageFiles with(String path, Class<?> owner, String file) {
        files.put(path, new Source(owner, file));
        return this;
    }

    private HttpReply reply(Source source) {
        String text;
        try (InputStream in = source.owner().getResourceAsStream(source.file())) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + source.file());
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar cannot be read", e);
        }
        if (needsToken) {
            text = text.replace("data-token=\"none\"", "data-token=\"needed\"");
        }
        return HttpReply.text(200, type(source.file()), text)
                .withHeader("Content-Security-Policy", POLICY)
                .withHeader("Referrer-Policy", "no-referrer")
                .withHeader("Cache-Control", "no-cache");
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html;charset=utf-8";
            case "css" -> "text/css;charset=utf-8";
            case "js" -> "text/javascript;charset=utf-8";
            default -> throw new IllegalArgumentException("no type for " + file);
        };
    }

    /// @return null if the path is none of the page's
    public @Nullable HttpReply reply(HttpCall call) {
        Source source = files.get(call.path());
        if (source == null) {
            return null;
        }
        return call.method().equals("GET") || call.method().equals("HEAD")
                ? reply(source)
                : HttpReply.text(405, "text/plain;charset=utf-8", "Method Not Allowed")
                        .withHeader("Allow", "GET, HEAD");
    }
}
