/// Renders Markdown into blocks of paragraphs. Pure; on any thread.
@NullMarked
package dev.oriel.app.transcript.markdown;

import org.jspecify.annotations.NullMarked;
