package dev.oriel.gateway.codec;

import org.apache.hc.core5.http.HttpException;

/// The address in a request line cannot be understood without doubt.
final class MalformedTargetException extends HttpException {
    private static final long serialVersionUID = 1L;

    /// @param why a sentence for the client
    MalformedTargetException(String why) {
        super(why);
    }
}
