package dev.oriel.app.updates;

import java.net.URI;
import java.time.LocalDate;

/// A published version.
///
/// @param notes release notes as plain text, with hidden characters escaped
/// @param page the download page
record Release(SemVer version, LocalDate date, String notes, URI page) {}
