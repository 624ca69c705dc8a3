/// The conversation on the screen: everything that knows RichTextFX.
///
/// A conversation is one read-only document of styled paragraphs.
/// `ItemRenderer` makes immutable blocks of paragraphs from items, on any
/// thread; `TranscriptArea` puts them into the document, once per frame.
@NullMarked
package dev.oriel.app.transcript;

import org.jspecify.annotations.NullMarked;
