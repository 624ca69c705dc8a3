package dev.oriel.gateway;

/// Is notified every few seconds whether a server responds on its own ports. On a thread of the
/// gateway.
public interface PortHealthListener {
    /// All ports responded.
    void onResponsive();

    /// A port does not respond, although it has been closed and opened again.
    void onUnresponsive();
}
