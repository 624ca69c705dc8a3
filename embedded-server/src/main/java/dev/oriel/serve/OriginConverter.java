package dev.oriel.serve;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Parses a web origin as browsers send it: a scheme, a host, and a port unless it is the default.
/// Anything else is rejected, because it would silently never match.
final class OriginConverter implements ITypeConverter<String> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s*]+");
    private static final Pattern DEFAULT_PORT =
            Pattern.compile("^(http(?=:.*:80$)|https(?=:.*:443$))");

    /// What browsers send for a page without an origin, such as a file.
    private static final String NONE = "null";

    @Override
    public String convert(String text) {
        String origin = text.strip().toLowerCase(Locale.ROOT);
        if (!origin.equals(NONE) && !FORM.matcher(origin).matches()) {
            throw new TypeConversionException(
                    "'"
                            + text
                            + "' is no origin such as https://app.example or"
                            + " http://localhost:5173");
        }
        return DEFAULT_PORT.matcher(origin).find()
                ? origin.substring(0, origin.lastIndexOf(':'))
                : origin;
    }
}
