package dev.oriel.dialect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A complete plain HTTP request.
///
/// @param path decoded, without the query
/// @param query the value of each parameter, decoded
/// @param headers by lower-case name; the last value if a header is repeated
/// @param allowed whether the request contained the right token, or no token is needed
public record HttpCall(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        boolean allowed) {

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }
}
