/// Styled paragraphs and immutable blocks of them, of which the transcript's document consists.
@NullMarked
package dev.oriel.app.transcript.document;

import org.jspecify.annotations.NullMarked;
