package dev.oriel.serve;

import dev.oriel.gateway.Dialects;
import dev.oriel.gateway.ListenAt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one value of `--listen`, `DIALECT=[HOST:]PORT`.
final class ListenFlag {
    private static final Pattern SHAPE = Pattern.compile("([a-z]+)=(?:(.+):)?(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private ListenFlag() {}

    /// @param standardHost where no host is given
    /// @param refusal makes the exception for a sentence on what is wrong
    static ListenAt read(
            String text,
            String standardHost,
            Function<String, ? extends RuntimeException> refusal) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            throw refusal.apply("--listen must be DIALECT=PORT or DIALECT=HOST:PORT");
        }
        if (!Dialects.NAMES.contains(m.group(1))) {
            throw refusal.apply(
                    "--listen knows these dialects: " + String.join(", ", Dialects.NAMES));
        }
        int port = Integer.parseInt(m.group(3));
        if (port > HIGHEST_PORT) {
            throw refusal.apply("--listen: a port is from 0 to 65535");
        }
        String host = m.group(2) == null ? standardHost : unbracketed(m.group(2));
        return new ListenAt(m.group(1), host, port);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
