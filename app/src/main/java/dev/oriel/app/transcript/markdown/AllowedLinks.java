package dev.oriel.app.transcript.markdown;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decides which links in a conversation can be opened. A link written by a model must not start a
/// program.
public final class AllowedLinks {
    private AllowedLinks() {}

    public static boolean isAllowed(@Nullable String url) {
        if (url == null) {
            return false;
        }
        try {
            String scheme = new URI(url).getScheme();
            return scheme != null
                    && switch (scheme.toLowerCase(Locale.ROOT)) {
                        case "http", "https", "mailto" -> true;
                        default -> false;
                    };
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
