package dev.oriel.app.updates;

import java.net.URI;
import java.time.LocalDate;

/// A version that was published.
///
/// @param notes plain text, with every character visible
/// @param page where a person can download it
record Release(SemVer version, LocalDate date, String notes, URI page) {}
