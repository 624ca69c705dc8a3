package dev.oriel.app.transcript.tools;

import dev.oriel.app.text.DisplayText;
import java.net.URI;
import java.net.URISyntaxException;

/// The host of an address, by which a user recognises it.
final class LinkHost {
    private LinkHost() {}

    /// @return empty if the address has none
    static String of(String url) {
        try {
            String host = new URI(url).getHost();
            return host == null ? "" : DisplayText.argument(host);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
