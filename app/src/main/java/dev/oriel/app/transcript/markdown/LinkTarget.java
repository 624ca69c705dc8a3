package dev.oriel.app.transcript.markdown;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a link leads to, and whether its text claims something else.
final class LinkTarget {
    /// A text that users take for an address: a host with a scheme, or a name with dots.
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "^\\s*(?:(https?)://)?(?:[^/\\s@]*@)?((?:[\\p{L}\\p{N}-]+\\.)+[\\p{L}]{2,63})"
                            + "(?::\\d+)?(?:[/?#]\\S*)?\\s*$",
                    Pattern.CASE_INSENSITIVE);

    private LinkTarget() {}

    /// The host of an address; empty if it has none.
    static String host(String url) {
        try {
            String host = new URI(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /// Whether the text of a link looks like an address with another host. File names such as
    /// `Main.java` look like host names, so without a scheme or `www.` the last part must be a
    /// common domain.
    static boolean isMisleading(String text, String url) {
        Matcher address = ADDRESS.matcher(text);
        String host = host(url);
        if (!address.matches() || host.isEmpty()) {
            return false;
        }
        String claimed = address.group(2).toLowerCase(Locale.ROOT);
        boolean certain =
                address.group(1) != null
                        || claimed.startsWith("www.")
                        || claimed.matches(".*\\.(com|org|net|edu|gov|dev|app|ai|io|co|de|uk|fr)");
        return certain && !withoutWww(claimed).equals(withoutWww(host));
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
