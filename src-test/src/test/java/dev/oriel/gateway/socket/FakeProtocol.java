package dev.oriel.gateway.socket;

import java.nio.ByteBuffer;

/// A protocol that does nothing; tests override what they need.
class FakeProtocol implements ConnectionProtocol {
    @Override
    public void onBytes(ByteBuffer in) {}

    @Override
    public boolean canReceive() {
        return true;
    }

    @Override
    public void onInputEnd(boolean broken) {}

    @Override
    public void onAllSent() {}

    @Override
    public void checkTimeouts(long now) {}

    @Override
    public void reject() {}

    @Override
    public void shutDown(int code, String reason) {}

    @Override
    public void fail() {}

    @Override
    public void onClosed() {}
}
