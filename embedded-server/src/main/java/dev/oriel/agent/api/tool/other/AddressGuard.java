package dev.oriel.agent.api.tool.other;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds the address of a host, and refuses hosts that are not on the public internet: those of
/// this computer, of the local network, and the services that clouds offer to their machines. The
/// caller must connect to the address that is returned, not look the name up again: the answer of
/// the second time may be another one. Thread-safe.
public final class AddressGuard {
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)+"
                            + "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    private static final List<String> LOCAL_ENDS =
            List.of(
                    ".localhost",
                    ".local",
                    ".internal",
                    ".intranet",
                    ".lan",
                    ".home",
                    ".corp",
                    ".home.arpa",
                    ".onion");

    /// Prefixes of IPv4 that are not public, with their lengths in bits.
    private static final List<Prefix> NOT_PUBLIC_4 =
            List.of(
                    new Prefix(8, 0),
                    new Prefix(8, 10),
                    new Prefix(10, 100, 64),
                    new Prefix(8, 127),
                    new Prefix(16, 169, 254),
                    new Prefix(12, 172, 16),
                    new Prefix(24, 192, 0, 0),
                    new Prefix(24, 192, 0, 2),
                    new Prefix(24, 192, 88, 99),
                    new Prefix(16, 192, 168),
                    new Prefix(15, 198, 18),
                    new Prefix(24, 198, 51, 100),
                    new Prefix(24, 203, 0, 113),
                    new Prefix(3, 224));

    /// Everything public in IPv6.
    private static final Prefix PUBLIC_6 = new Prefix(3, 0x20);

    /// Prefixes in [#PUBLIC_6] that are not: protocols, tunnels that lead to any address of IPv4,
    /// documentation.
    private static final List<Prefix> NOT_PUBLIC_6 =
            List.of(
                    new Prefix(23, 0x20, 0x01, 0x00),
                    new Prefix(32, 0x20, 0x01, 0x0d, 0xb8),
                    new Prefix(16, 0x20, 0x02),
                    new Prefix(20, 0x3f, 0xff, 0x00));

    /// The well-known prefix of NAT64, which ends with an address of IPv4.
    private static final Prefix NAT64 = new Prefix(96, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);

    private final Resolver resolver;
    private final Predicate<InetAddress> isAllowed;

    /// Looks up the addresses of a host.
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    AddressGuard(Resolver resolver, Predicate<InetAddress> isAllowed) {
        this.resolver = resolver;
        this.isAllowed = isAllowed;
    }

    /// With the names that this computer knows.
    public static AddressGuard system() {
        return new AddressGuard(InetAddress::getAllByName, AddressGuard::isPublic);
    }

    /// Whether a host can be a public one by its name alone, without looking it up. False for names
    /// without a dot, addresses that are not public, and numbers that are no usual address, such as
    /// `0x7f.1` or `2130706433`.
    ///
    /// @param host as in a URI, an address of IPv6 in brackets
    public static boolean isPublicName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") || IPV4.matcher(name).matches()) {
            return isPublicLiteral(name);
        }
        return NAME.matcher(name).matches() && LOCAL_ENDS.stream().noneMatch(name::endsWith);
    }

    private static boolean isPublicLiteral(String literal) {
        try {
            return !literal.contains("%") && isPublic(InetAddress.ofLiteral(unbracketed(literal)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /// An address of a host to connect to. Blocks.
    ///
    /// @param host as in a URI
    /// @throws IOException if it has none, or any of its addresses is not public; the message is
    ///   for the model
    public InetAddress addressOf(String host) throws IOException {
        if (!isPublicName(host)) {
            throw new IOException("The host " + host + " is not on the public internet.");
        }
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(unbracketed(host));
        } catch (UnknownHostException e) {
            throw new IOException("The host " + host + " is not known.", e);
        }
        if (addresses.length == 0 || !Arrays.stream(addresses).allMatch(isAllowed)) {
            // The addresses are not told: they would be a map of the local network.
            throw new IOException("The host " + host + " is not on the public internet.");
        }
        return addresses[0];
    }

    /// Checks a host that a proxy connects to: the proxy looks its name up, and this computer may
    /// not know it. Blocks.
    ///
    /// @param host as in a URI
    /// @throws IOException if its name, or any of the addresses that are known here, is not public
    void requireNotPrivate(String host) throws IOException {
        if (isPublicName(host)) {
            try {
                InetAddress[] known = resolver.resolve(unbracketed(host));
                if (Arrays.stream(known).allMatch(isAllowed)) {
                    return;
                }
            } catch (UnknownHostException e) {
                return; // usual behind a proxy
            }
        }
        throw new IOException("The host " + host + " is not on the public internet.");
    }

    /// Whether an address is one of the public internet.
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic4(bytes);
        }
        if (NAT64.contains(bytes)) {
            return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return PUBLIC_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(p -> p.contains(bytes));
    }

    private static boolean isPublic4(byte[] bytes) {
        return NOT_PUBLIC_4.stream().noneMatch(p -> p.contains(bytes));
    }

    /// A range of addresses: those that begin with some bits.
    private record Prefix(int length, int... bytes) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < length; bit++) {
                int index = bit / 8;
                int wanted = index < bytes.length ? bytes[index] : 0;
                int mask = 0x80 >> (bit % 8);
                if ((wanted & mask) != (address[index] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
