package dev.oriel.app.transcript.markdown;

import dev.oriel.app.text.DisplayText;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.message.Graphemes;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a link leads to, and whether its text claims something else.
public final class LinkTarget {
    /// A text that users take for an address: a host with a scheme, or a name with dots. Its labels
    /// are possessive, so that the stack does not grow with their number.
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "^\\s*(?:(https?)://)?(?:[^/\\s@]*@)?((?:[\\p{L}\\p{N}-]++\\.)++[\\p{L}]{2,63})"
                            + "(?::\\d+)?(?:[/?#]\\S*)?\\s*$",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern AUTHORITY =
            Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)");
    private static final Pattern SCHEME =
            Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    /// A line in a file at the end of its path, such as `#L12-L20` or `:12`.
    private static final Pattern LINE = Pattern.compile("(#.*|:\\d+(:\\d+)?)$");

    private static final int LONGEST_ADDRESS = 100;

    private LinkTarget() {}

    /// What a click on a link does; null if it must not be opened.
    static @Nullable ClickAction action(String url) {
        if (!DisplayText.argument(url).equals(url)) {
            return null;
        }
        if (AllowedLinks.isAllowed(url)) {
            return new ClickAction.OpenLink(url);
        }
        String path = path(url);
        return path.isEmpty() ? null : new ClickAction.OpenFile(path);
    }

    /// The path of a link to a file; empty if it is no such link.
    private static String path(String url) {
        boolean drive = url.matches("(?s)[A-Za-z]:[/\\\\].*");
        if (url.isBlank() || url.startsWith("#") || url.startsWith("//")) {
            return "";
        }
        if (!drive && SCHEME.matcher(url).matches()) {
            // A name with a line number looks like a scheme.
            return url.matches("[\\w./-]+\\.\\w+:\\d+(:\\d+)?")
                    ? LINE.matcher(url).replaceFirst("")
                    : "";
        }
        return LINE.matcher(url).replaceFirst("").replace("%20", " ");
    }

    /// The host of an address as the network sees it, in ASCII; empty if it has none.
    public static String host(String url) {
        String host = authority(url);
        host = host.substring(host.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "");
        try {
            return IDN.toASCII(host.toLowerCase(Locale.ROOT), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            return DisplayText.argument(host);
        }
    }

    /// What has to be added to the text of a link so that users know where it leads to; empty if
    /// the text is enough.
    static String warning(String text, String url) {
        ClickAction action = action(url);
        if (action == null) {
            boolean section = url.isBlank() || url.startsWith("#");
            return section || text.strip().equals(url) ? "" : " (" + shown(url) + ")";
        }
        if (action instanceof ClickAction.OpenFile) {
            return isAddress(text) ? " (leads to the file " + shown(url) + ")" : "";
        }
        String host = host(url);
        if (host.isEmpty()) {
            return isAddress(text) && !text.contains("@") ? " (leads to " + shown(url) + ")" : "";
        }
        boolean international = host.contains("xn--") || host.chars().anyMatch(c -> c >= 0x80);
        boolean user = authority(url).contains("@");
        // An override is written out already.
        boolean reordered = !DisplayText.output(text).equals(text) || text.contains("⟨U+");
        return international || user || reordered || isMisleading(text, host)
                ? " (leads to " + host + ")"
                : "";
    }

    private static String authority(String url) {
        Matcher authority = AUTHORITY.matcher(url);
        return authority.find() ? authority.group(1) : "";
    }

    /// An address as it is shown: every hidden character is written out.
    static String shown(String url) {
        return Graphemes.truncate(DisplayText.argument(url), LONGEST_ADDRESS);
    }

    private static boolean isAddress(String text) {
        Matcher address = ADDRESS.matcher(text);
        return address.matches() && isCertain(address);
    }

    /// File names such as `Main.java` look like host names, so without a scheme or `www.` the last
    /// part must be a common domain.
    private static boolean isCertain(Matcher address) {
        String claimed = address.group(2).toLowerCase(Locale.ROOT);
        return address.group(1) != null
                || claimed.startsWith("www.")
                || claimed.matches(".*\\.(com|org|net|edu|gov|dev|app|ai|io|co|de|uk|fr)");
    }

    /// Whether the text of a link looks like an address with another host.
    private static boolean isMisleading(String text, String host) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || !isCertain(address)) {
            return false;
        }
        String claimed = address.group(2).toLowerCase(Locale.ROOT);
        return !withoutWww(claimed).equals(withoutWww(host));
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
