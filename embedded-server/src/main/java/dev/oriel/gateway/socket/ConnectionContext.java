package dev.oriel.gateway.socket;

import dev.oriel.gateway.codec.ReceiveBudget;
import dev.oriel.gateway.codec.SocketLimits;

/// What all connections of a port share.
///
/// @param slots shared by all ports
/// @param budget shared by all ports
public record ConnectionContext(
        RequestHandler handler,
        SocketLimits limits,
        ConnectionSlots slots,
        ReceiveBudget budget,
        SocketMeter meter) {}
