package dev.oriel.gateway;

import java.time.Instant;

/// A connected client.
///
/// @param remote its address and port
/// @param activity what it is attached to; empty until it has logged in
public record ConnectedClient(String remote, String activity, Instant since) {}
