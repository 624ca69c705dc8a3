package dev.oriel.app.asks;

import java.util.LinkedHashMap;

/// The forms of the asks that wait, in all sessions. Belongs to the JavaFX thread.
final class AskDrafts {
    /// More than wait at once; where an ask is answered elsewhere while its session is not open,
    /// nobody forgets its form.
    private static final int MOST = 200;

    private record Key(String session, String requestId) {}

    private final LinkedHashMap<Key, AskDraft> all = new LinkedHashMap<>();

    AskDraft of(String session, String requestId) {
        AskDraft form = all.computeIfAbsent(new Key(session, requestId), _ -> new AskDraft());
        if (all.size() > MOST) {
            all.pollFirstEntry();
        }
        return form;
    }

    void remove(String session, String requestId) {
        all.remove(new Key(session, requestId));
    }
}
