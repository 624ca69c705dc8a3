package dev.oriel.journal.search;

import dev.oriel.journal.database.VersionedSchema;
import java.util.List;

/// The tables of the search index, which is a separate file beside the journal.
///
/// The index stores no text, because the journal has it. `doc` numbers messages in the order in
/// which they were indexed. While the index is current, that is the order of appending; "newest
/// first" refers to this order.
final class SearchSchema {
    /// "OriS" in ASCII.
    private static final int APPLICATION_ID = 0x4f726953;

    static final String TOKENIZER = "unicode61 remove_diacritics 2";

    static final VersionedSchema SCHEMA = new VersionedSchema(APPLICATION_ID, List.of(first()));

    private SearchSchema() {}

    private static List<String> first() {
        return List.of(
                // The journal to which this index belongs.
                "CREATE TABLE origin (journal BLOB NOT NULL) STRICT",
                """
                CREATE TABLE marker (
                    session     INTEGER PRIMARY KEY,
                    indexed_seq INTEGER NOT NULL
                ) STRICT
                """,
                """
                CREATE TABLE doc (
                    id      INTEGER PRIMARY KEY,
                    message INTEGER NOT NULL UNIQUE
                ) STRICT
                """,
                "CREATE VIRTUAL TABLE found USING fts5 (text, content = '', contentless_delete = 1,"
                        + " tokenize = '"
                        + TOKENIZER
                        + "')");
    }
}
