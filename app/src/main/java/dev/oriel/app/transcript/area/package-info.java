/// The RichTextFX area that shows the document, with markers, tab stops and accessibility.
@NullMarked
package dev.oriel.app.transcript.area;

import org.jspecify.annotations.NullMarked;
