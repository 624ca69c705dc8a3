package dev.oriel.dialect;

import java.util.Map;

/// What a client said when it connected.
///
/// @param path decoded, without the query
/// @param query first value of each parameter, decoded
/// @param login what its `Authorization` header was worth
public record UpgradeRequest(String path, Map<String, String> query, Login login) {
    /// What a client has shown to be let in.
    public enum Login {
        /// The right token, or none is needed.
        ACCEPTED,
        /// Nothing yet.
        NONE,
        /// A wrong one.
        WRONG
    }
}
