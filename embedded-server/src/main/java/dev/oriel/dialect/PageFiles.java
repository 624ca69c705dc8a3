package dev.oriel.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of a web page for trying a dialect, read from the jar.
///
/// They are served without a token, because they contain no secrets. A strict content security
/// policy applies: scripts and styles from this server only, nothing inline, no frames.
///
/// Thread-safe after construction and [#with].
public final class PageFiles {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final boolean needsToken;
    private final Map<String, Source> files = new LinkedHashMap<>();

    /// A file in the jar. It is read per request, so that it does not slow down the server's start.
    private record Source(Class<?> owner, String file) {}

    /// Creates the set with the files that all pages share.
    ///
    /// @param prefix the prefix of the paths; ends with `/`
    /// @param needsToken whether the page must ask its user for the token
    public PageFiles(String prefix, boolean needsToken) {
        this.needsToken = needsToken;
        with(prefix + "oriel-page.css", PageFiles.class, "oriel-page.css");
        with(prefix + "oriel-page.js", PageFiles.class, "oriel-page.js");
    }

    /// Adds a file.
    ///
    /// @param owner a class in the package that contains the file
    public PageFiles with(String path, Class<?> owner, String file) {
        files.put(path, new Source(owner, file));
        return this;
    }

    private HttpReply reply(Source source) {
        String text;
        try (InputStream in = source.owner().getResourceAsStream(source.file())) {
            if (in == null) {
                throw new IllegalStateException("missing in the jar: " + source.file());
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source.file(), e);
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
            default -> throw new IllegalArgumentException("unknown file type: " + file);
        };
    }

    /// @return null if no file has this path
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
