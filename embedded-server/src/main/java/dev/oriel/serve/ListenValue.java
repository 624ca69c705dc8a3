package dev.oriel.serve;

import dev.oriel.gateway.DialectFactory;
import dev.oriel.gateway.DialectPort;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one value of `--listen`, `DIALECT=[HOST:]PORT`.
final class ListenValue {
    private static final Pattern SHAPE = Pattern.compile("([a-z]+)=(?:(.+):)?(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private ListenValue() {}

    /// @param standardHost where no host is given
    /// @param refusal makes the exception for a sentence on what is wrong
    static DialectPort parse(
            String text,
            String standardHost,
            Function<String, ? extends RuntimeException> refusal) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            throw refusal.apply("--listen must be DIALECT=PORT or DIALECT=HOST:PORT");
        }
        if (!DialectFactory.NAMES.contains(m.group(1))) {
            throw refusal.apply(
                    "--listen knows these dialects: " + String.join(", ", DialectFactory.NAMES));
        }
        int port = Integer.parseInt(m.group(3));
        if (port > HIGHEST_PORT) {
            throw refusal.apply("--listen: a port is from 0 to 65535");
        }
        String host = m.group(2) == null ? standardHost : unbracketed(m.group(2));
        return new DialectPort(m.group(1), host, port);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
