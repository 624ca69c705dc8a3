/// Renders diffs into paragraphs, unified or side by side, and shows them in panes of their own.
@NullMarked
package dev.oriel.app.transcript.diff;

import org.jspecify.annotations.NullMarked;
