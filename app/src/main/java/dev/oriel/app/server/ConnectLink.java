package dev.oriel.app.server;

import dev.oriel.client.InvalidAddressException;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.ServerKind;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An `oriel:` link, which opens the form for another server with preset values.
///
/// ```
/// oriel:connect?url=wss://HOST/…&kind=sessions|enhanced|relay|oneshot|manager
/// ```
///
/// Any web page can open such a link, so its effect is limited: it does not connect, it carries no
/// credential, and a link that deviates from this form is rejected. `kind` is optional; both values
/// may be percent-encoded.
///
/// @param url a `ws`, `wss`, `http` or `https` URL of printable ASCII, without user info, query or
///   fragment
/// @param kind null to detect the kind
public record ConnectLink(String url, @Nullable ServerKind kind) {
    static final int MAX_LENGTH = 2_048;
    private static final String SCHEME = "oriel:";
    private static final String ACTION = SCHEME + "connect";
    private static final Set<String> NAMES = Set.of("url", "kind");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]*");
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern WITH_SCHEME = Pattern.compile("(?i)(ws|http)s?://[^/].*");
    private static final int MAX_PORT = 65_535;

    /// Whether a command-line argument is a link, valid or not.
    public static boolean isLink(String argument) {
        return argument.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /// Parses a link.
    ///
    /// @throws InvalidLinkException if the link does not have exactly the form above
    public static ConnectLink parse(String link) throws InvalidLinkException {
        if (link.length() > MAX_LENGTH) {
            throw new InvalidLinkException("It is too long.");
        }
        if (!PRINTABLE.matcher(link).matches()) {
            throw new InvalidLinkException(
                    "It contains characters that are not allowed in a link.");
        }
        int query = link.indexOf('?');
        if (query < 0 || !link.substring(0, query).equalsIgnoreCase(ACTION)) {
            throw new InvalidLinkException("It names nothing that Oriel can open.");
        }
        Map<String, String> values = parseQuery(link.substring(query + 1));
        String url = values.get("url");
        if (url == null) {
            throw new InvalidLinkException("It names no server.");
        }
        return new ConnectLink(checkUrl(url), parseKind(values.get("kind")));
    }

    private static Map<String, String> parseQuery(String query) throws InvalidLinkException {
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!NAMES.contains(name)) {
                throw new InvalidLinkException(
                        "It may contain only the address and the kind of a server.");
            }
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (values.put(name, value) != null) {
                throw new InvalidLinkException("It contains a parameter twice.");
            }
        }
        return values;
    }

    /// Decodes a value once. A value that is still encoded afterwards is rejected, so that the form
    /// shows the address exactly as it is used.
    private static String decode(String value) throws InvalidLinkException {
        Matcher encoded = ENCODED.matcher(value);
        String plain =
                encoded.replaceAll(m ->
                        Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(m.group(1), 16))));
        if (ENCODED.matcher(value).replaceAll("").contains("%")
                || plain.contains("%")
                || !PRINTABLE.matcher(plain).matches()) {
            throw new InvalidLinkException(
                    "It contains characters that are not allowed in an address.");
        }
        return plain;
    }

    private static String checkUrl(String url) throws InvalidLinkException {
        if (!WITH_SCHEME.matcher(url).matches()) {
            throw new InvalidLinkException("Its address must begin with http, https, ws or wss.");
        }
        try {
            URI base = ServerAddress.parse(url).base();
            if (base.getPort() == 0 || base.getPort() > MAX_PORT) {
                throw new InvalidLinkException("Its port is invalid.");
            }
            return url;
        } catch (InvalidAddressException e) {
            throw new InvalidLinkException(
                    "Its address must not contain a user name, a password or a token.", e);
        }
    }

    private static @Nullable ServerKind parseKind(@Nullable String id) throws InvalidLinkException {
        if (id == null) {
            return null;
        }
        Optional<ServerKind> kind = ServerKind.find(id);
        return kind.orElseThrow(
                () -> new InvalidLinkException("It names an unknown kind of server."));
    }
}
