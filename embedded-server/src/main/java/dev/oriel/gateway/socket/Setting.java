package dev.oriel.gateway.socket;

/// What all connections of a port share; the places and the budget are shared by all ports.
public record Setting(
        Front front, SocketLimits limits, Places places, ReceiveBudget budget, SocketMeter meter) {}
