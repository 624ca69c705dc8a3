package dev.oriel.serve;

import dev.oriel.gateway.DialectFactory;
import dev.oriel.gateway.DialectPort;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses a value of `--listen`, `DIALECT=[HOST:]PORT`.
final class ListenValue {
    private static final Pattern FORMAT = Pattern.compile("([a-z]+)=(?:(.+):)?(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    private ListenValue() {}

    /// Parses a value.
    ///
    /// @param defaultHost if the value has none
    /// @param exception creates the exception for an invalid value from a sentence
    static DialectPort parse(
            String text,
            String defaultHost,
            Function<String, ? extends RuntimeException> exception) {
        Matcher m = FORMAT.matcher(text);
        if (!m.matches()) {
            throw exception.apply("--listen must be DIALECT=PORT or DIALECT=HOST:PORT");
        }
        if (!DialectFactory.NAMES.contains(m.group(1))) {
            throw exception.apply(
                    "--listen supports these dialects: " + String.join(", ", DialectFactory.NAMES));
        }
        int port = Integer.parseInt(m.group(3));
        if (port > MAX_PORT) {
            throw exception.apply("--listen: a port must be from 0 to 65535");
        }
        String host = m.group(2) == null ? defaultHost : unbracketed(m.group(2));
        return new DialectPort(m.group(1), host, port);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
