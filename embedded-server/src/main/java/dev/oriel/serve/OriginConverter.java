package dev.oriel.serve;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a web origin as browsers write it: a scheme, a host, and a port where it is not the usual
/// one. One that no browser ever sends would let nobody in, and nobody would know why.
final class OriginConverter implements ITypeConverter<String> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s*]+");
    private static final Pattern USUAL_PORT =
            Pattern.compile("^(http(?=:.*:80$)|https(?=:.*:443$))");

    /// What a page without an origin of its own sends, as one out of a file.
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
        return USUAL_PORT.matcher(origin).find()
                ? origin.substring(0, origin.lastIndexOf(':'))
                : origin;
    }
}
