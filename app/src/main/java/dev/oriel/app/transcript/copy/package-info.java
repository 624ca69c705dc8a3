/// A selection of the transcript as Markdown.
@NullMarked
package dev.oriel.app.transcript.copy;

import org.jspecify.annotations.NullMarked;
