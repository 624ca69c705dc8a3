package dev.oriel.agent.api.wire;

import dev.oriel.agent.api.cancel.CancelScope;
import java.time.Duration;

/// What [SdkTransport] needs to know of a request besides what the SDK passes on. Bound to the
/// caller's thread during a call of the SDK.
///
/// @param body the encoded body; empty for the SDK's own
/// @param limit how long the response may take to begin
record ApiCall(byte[] body, CancelScope cancel, Duration limit) {
    static final ScopedValue<ApiCall> CURRENT = ScopedValue.newInstance();

    /// Contains no content.
    @Override
    public String toString() {
        return "ApiCall[" + body.length + " bytes]";
    }
}
