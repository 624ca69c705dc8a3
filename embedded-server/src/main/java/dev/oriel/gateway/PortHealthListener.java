package dev.oriel.gateway;

/// Is told, every few seconds, whether a server still answers at its own ports. On a thread of the
/// gateway.
public interface PortHealthListener {
    /// Every port has answered.
    void onResponsive();

    /// A port does not answer, although it was closed and opened again.
    void onUnresponsive();
}
