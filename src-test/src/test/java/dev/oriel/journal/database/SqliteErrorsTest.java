package dev.oriel.journal.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.journal.JournalException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteErrorsTest {
    @TempDir Path folder;

    private JournalException.Kind kind(SQLException e) {
        return new SqliteErrors(folder.resolve("journal.db")).toJournalException(e).kind();
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, FULL",
        "SQLITE_READONLY, READ_ONLY",
        "SQLITE_READONLY_DBMOVED, READ_ONLY",
        "SQLITE_BUSY, IN_USE",
        "SQLITE_BUSY_SNAPSHOT, IN_USE",
        "SQLITE_LOCKED, IN_USE",
        "SQLITE_CORRUPT, UNREADABLE",
        "SQLITE_CORRUPT_INDEX, UNREADABLE",
        "SQLITE_NOTADB, UNREADABLE",
        "SQLITE_CANTOPEN, IO",
        "SQLITE_IOERR_WRITE, IO",
        "SQLITE_CONSTRAINT, IO",
        "UNKNOWN_ERROR, IO"
    })
    void aResultCodeOrItsExtendedFormDecidesAboutTheKind(
            SQLiteErrorCode code, JournalException.Kind kind) {
        assertThat(kind(new SQLiteException("", code))).isEqualTo(kind);
        assertThat(kind(new SQLException("", "", code.code))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_CORRUPT, true",
        "SQLITE_CORRUPT_VTAB, true",
        "SQLITE_NOTADB, true",
        "SQLITE_FULL, false",
        "SQLITE_IOERR, false"
    })
    void onlyDamagedContentIsDamage(SQLiteErrorCode code, boolean damage) {
        assertThat(SqliteErrors.isDamage(new SQLiteException("", code))).isEqualTo(damage);
    }

    @Test
    void aFileThatCannotBeWrittenIsReadOnly() {
        var errors = new SqliteErrors(folder.resolve("journal.db"));
        assertThat(errors.toJournalException(new AccessDeniedException("journal.db")).kind())
                .isEqualTo(JournalException.Kind.READ_ONLY);
        assertThat(errors.toJournalException(new IOException("broken")).kind())
                .isEqualTo(JournalException.Kind.IO);
    }

    @Test
    void aJournalExceptionIsNotWrapped() {
        JournalException e = SqliteErrors.newer();
        assertThat(new SqliteErrors(folder.resolve("journal.db")).toJournalException(e))
                .isSameAs(e);
    }
}
