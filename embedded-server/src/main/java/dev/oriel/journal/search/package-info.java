/// Full-text search: the index file, the thread that keeps it current, and queries.
package dev.oriel.journal.search;
