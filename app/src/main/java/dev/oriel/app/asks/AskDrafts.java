package dev.oriel.app.asks;

import java.util.LinkedHashMap;

/// The drafts of the open asks of all sessions. Belongs to the JavaFX thread.
final class AskDrafts {
    /// More than the number of open asks. If an ask is resolved elsewhere while its session is not
    /// open, its draft is not removed until then.
    private static final int MAX_DRAFTS = 200;

    private record Key(String session, String requestId) {}

    private final LinkedHashMap<Key, AskDraft> all = new LinkedHashMap<>();

    AskDraft of(String session, String requestId) {
        AskDraft draft = all.computeIfAbsent(new Key(session, requestId), _ -> new AskDraft());
        if (all.size() > MAX_DRAFTS) {
            all.pollFirstEntry();
        }
        return draft;
    }

    void remove(String session, String requestId) {
        all.remove(new Key(session, requestId));
    }
}
