/// Styled paragraphs, and immutable blocks of them: the content of the transcript's document.
@NullMarked
package dev.oriel.app.transcript.document;

import org.jspecify.annotations.NullMarked;
