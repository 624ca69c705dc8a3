/// Lays out tables as lines of text, by the measured widths of their cells.
@NullMarked
package dev.oriel.app.transcript.table;

import org.jspecify.annotations.NullMarked;
