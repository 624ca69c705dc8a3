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

/// What an `oriel:` link asks for: the form for another server, filled in.
///
/// ```
/// oriel:connect?url=wss://HOST/…&kind=sessions|enhanced|relay|oneshot|manager
/// ```
///
/// Any web page can open such a link, so it can do nothing else: nothing is connected by it, it
/// carries no credential, and what is not exactly of this form is refused as a whole. `kind` may be
/// left out, and either value may be percent-encoded.
///
/// @param url `ws`, `wss`, `http` or `https`, printable ASCII, without user info, query or fragment
/// @param kind null to find out
public record ConnectLink(String url, @Nullable ServerKind kind) {
    static final int MAX_LENGTH = 2_048;
    private static final String SCHEME = "oriel:";
    private static final String ACTION = SCHEME + "connect";
    private static final Set<String> NAMES = Set.of("url", "kind");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]*");
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern WITH_SCHEME = Pattern.compile("(?i)(ws|http)s?://[^/].*");
    private static final int HIGHEST_PORT = 65_535;

    /// Whether a word of a command line is meant to be a link, sound or not.
    public static boolean isLink(String word) {
        return word.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /// @throws InvalidLinkException if it is not exactly of the form above
    public static ConnectLink parse(String link) throws InvalidLinkException {
        if (link.length() > MAX_LENGTH) {
            throw new InvalidLinkException("It is too long.");
        }
        if (!PRINTABLE.matcher(link).matches()) {
            throw new InvalidLinkException("It holds characters that do not belong in a link.");
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
                        "A link may only name a server’s address and its kind.");
            }
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (values.put(name, value) != null) {
                throw new InvalidLinkException("It says one thing twice.");
            }
        }
        return values;
    }

    /// Decoded once: an address that is still encoded afterwards is refused, so that what a person
    /// reads in the form is what it says.
    private static String decode(String value) throws InvalidLinkException {
        Matcher encoded = ENCODED.matcher(value);
        String plain =
                encoded.replaceAll(m ->
                        Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(m.group(1), 16))));
        if (ENCODED.matcher(value).replaceAll("").contains("%")
                || plain.contains("%")
                || !PRINTABLE.matcher(plain).matches()) {
            throw new InvalidLinkException("It holds characters that do not belong in an address.");
        }
        return plain;
    }

    private static String checkUrl(String url) throws InvalidLinkException {
        if (!WITH_SCHEME.matcher(url).matches()) {
            throw new InvalidLinkException(
                    "The address in it must begin with http, https, ws or wss.");
        }
        try {
            URI base = ServerAddress.parse(url).base();
            if (base.getPort() == 0 || base.getPort() > HIGHEST_PORT) {
                throw new InvalidLinkException("The port in it is none.");
            }
            return url;
        } catch (InvalidAddressException e) {
            throw new InvalidLinkException(
                    "The address in it may only name a server, without a name, a password or a"
                            + " token.",
                    e);
        }
    }

    private static @Nullable ServerKind parseKind(@Nullable String word)
            throws InvalidLinkException {
        if (word == null) {
            return null;
        }
        Optional<ServerKind> known = ServerKind.find(word);
        return known.orElseThrow(
                () -> new InvalidLinkException("It names a kind of server that nobody knows."));
    }
}
