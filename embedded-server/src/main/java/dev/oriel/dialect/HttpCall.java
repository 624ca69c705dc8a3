package dev.oriel.dialect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plain HTTP request, whole.
///
/// @param path decoded, without the query
/// @param query first value of each parameter, decoded
/// @param headers by lower-case name; the last one counts
/// @param allowed whether it carried the right token, or none is needed
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
