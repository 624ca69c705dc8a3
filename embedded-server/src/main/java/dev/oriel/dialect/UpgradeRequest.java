package dev.oriel.dialect;

import java.util.Map;

/// The request with which a client opened its WebSocket.
///
/// @param path decoded, without the query
/// @param query the first value of each parameter, decoded
/// @param login the result of the check of its `Authorization` header
public record UpgradeRequest(String path, Map<String, String> query, Login login) {
    /// The result of the check of an `Authorization` header.
    public enum Login {
        /// It contains the right token, or no token is needed.
        ACCEPTED,
        /// It is missing.
        NONE,
        /// It contains a wrong token.
        WRONG
    }
}
