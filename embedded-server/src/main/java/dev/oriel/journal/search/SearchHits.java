package dev.oriel.journal.search;

import dev.oriel.journal.Journal.Entry;
import dev.oriel.journal.Journal.SearchHit;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.JournalSchema;
import dev.oriel.journal.database.ReaderPool;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Converts matches of the index to search hits, with snippets of the messages in the journal.
final class SearchHits {
    /// Longer messages (images, mostly) are not read for a snippet and are no hits.
    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private SearchHits() {}

    /// @param match an FTS5 expression
    /// @param session restricts the search to the session with this number
    /// @return the messages that were indexed last, first
    static List<SearchHit> collect(
            SearchIndex index, ReaderPool journal, String match, OptionalLong session, int limit)
            throws SQLException, JournalException {
        List<UUID> sessions = new ArrayList<>();
        List<Long> seqs = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        index.find(
                match,
                session.orElse(-1),
                message -> {
                    long number = JournalSchema.sessionNumberOf(message);
                    Optional<UUID> id = journal.read(reader -> reader.findSessionId(number));
                    Optional<Entry> entry =
                            journal.read(reader -> reader.findMessage(message, MAX_MESSAGE_BYTES));
                    if (id.isPresent() && entry.isPresent()) {
                        sessions.add(id.get());
                        seqs.add(entry.get().seq());
                        texts.add(SearchableText.from(entry.get().body()));
                    }
                    return texts.size() < limit;
                });
        List<String> snippets = index.snippets(match, texts);
        List<SearchHit> hits = new ArrayList<>();
        for (int i = 0; i < snippets.size(); i++) {
            hits.add(new SearchHit(sessions.get(i), seqs.get(i), snippets.get(i)));
        }
        return hits;
    }
}
