/// The view of a conversation. This package and its subpackages are the only ones that use
/// RichTextFX.
///
/// A conversation is one read-only document of styled paragraphs. `ItemRenderer` renders items into
/// immutable blocks of paragraphs, on any thread; `TranscriptArea` puts them into the document,
/// once per frame.
@NullMarked
package dev.oriel.app.transcript;

import org.jspecify.annotations.NullMarked;
