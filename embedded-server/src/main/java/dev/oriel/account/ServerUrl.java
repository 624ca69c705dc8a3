package dev.oriel.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/// The address of a server of the Messages API, as users write it.
final class ServerUrl {
    static final URI ANTHROPIC = URI.create("https://api.anthropic.com");

    private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");
    private static final Pattern TAIL = Pattern.compile("(/v1(/messages)?)?/*$");
    private static final Pattern PRIVATE =
            Pattern.compile(
                    "10\\.[0-9.]+|192\\.168\\.[0-9.]+|172\\.(1[6-9]|2[0-9]|3[01])\\.[0-9.]+"
                            + "|[a-z0-9_-]+|.*\\.(local|lan|internal|intranet|home|corp|test)"
                            + "|\\[f[cd][0-9a-f:]+\\]");
    private static final int MAX_LENGTH = 2_000;

    private ServerUrl() {}

    /// Without a scheme it is `http` for this computer, else `https`. An ending `/v1` is removed.
    ///
    /// @throws AccountException if it is no address, or keys would be sent unencrypted over the
    ///   internet
    static URI parse(String text) throws AccountException {
        String address = text.strip();
        if (address.isEmpty() || address.length() > MAX_LENGTH) {
            throw AccountException.invalid("Enter the address of the server.");
        }
        try {
            if (!SCHEME.matcher(address).matches()) {
                URI guess = new URI("http://" + address);
                address = (isLoopback(guess) ? "http://" : "https://") + address;
            }
            URI uri = new URI(TAIL.matcher(address).replaceFirst(""));
            check(uri);
            return uri;
        } catch (URISyntaxException _) {
            // Without the cause, whose message is the address: somebody may have entered a key.
            throw AccountException.invalid(
                    "The address must be like https://gateway.example.com or localhost:11434.");
        }
    }

    private static void check(URI uri) throws AccountException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw AccountException.invalid(
                    "The address must be like https://gateway.example.com or localhost:11434.");
        }
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw AccountException.invalid(
                    "The address must not contain a user name, a password, ? or #. Enter the key in"
                            + " its own field.");
        }
        if (scheme.equals("http") && !isLoopback(uri) && !isPrivate(uri)) {
            throw AccountException.invalid(
                    "The address must begin with https, because the key and the conversation would"
                            + " be sent over the internet without encryption.");
        }
    }

    /// Whether a host is this computer.
    static boolean isLoopback(URI uri) {
        String host = host(uri);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+")
                || host.equals("[::1]");
    }

    private static boolean isPrivate(URI uri) {
        return PRIVATE.matcher(host(uri)).matches();
    }

    static boolean isAnthropic(URI uri) {
        return host(uri).equals("api.anthropic.com");
    }

    /// Whether two addresses lead to the same program.
    static boolean isSameServer(URI a, URI b) {
        return host(a).equals(host(b))
                && port(a) == port(b)
                && a.getScheme().equalsIgnoreCase(b.getScheme());
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0
                ? uri.getPort()
                : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    static String host(URI uri) {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }
}
