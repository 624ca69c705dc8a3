/// Renders Markdown into blocks of paragraphs; pure, on any thread.
@NullMarked
package dev.oriel.app.transcript.markdown;

import org.jspecify.annotations.NullMarked;
