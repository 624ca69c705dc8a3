package dev.oriel.gateway;

import java.time.Instant;

/// A client that is connected now.
///
/// @param remote its address and port
/// @param activity what it is attached to, empty before it has logged in
public record ConnectedClient(String remote, String activity, Instant since) {}
