package dev.oriel.dialect;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A complete plain HTTP request.
///
/// @param path decoded, without the query
/// @param query the value of each parameter, decoded
/// @param headers by lower-case name; the last value if a header is repeated
/// @param allowed whether the request contained the right token, or no token is needed
/// @param fromHere whether the connection comes from this computer, which is also true for that of
///   a proxy here
public record HttpCall(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        boolean allowed,
        boolean fromHere) {

    /// In the header `Forwarded` of RFC 7239.
    private static final Pattern UNENCRYPTED = Pattern.compile("(?i)proto=\"?http\"?\\s*([;,]|$)");

    /// A request from another computer.
    public HttpCall(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body,
            boolean allowed) {
        this(method, path, query, headers, body, allowed, false);
    }

    /// Whether nobody could read the request on its way: it was made on this computer, or a proxy
    /// on this computer received it over TLS.
    public boolean isConfidential() {
        return fromHere
                && headers.getOrDefault("x-forwarded-proto", "https").equalsIgnoreCase("https")
                && !UNENCRYPTED.matcher(headers.getOrDefault("forwarded", "")).find();
    }

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }
}
