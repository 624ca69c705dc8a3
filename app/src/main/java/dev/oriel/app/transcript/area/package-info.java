/// The RichTextFX text area that shows the document, its markers, tab stops and accessibility.
@NullMarked
package dev.oriel.app.transcript.area;

import org.jspecify.annotations.NullMarked;
