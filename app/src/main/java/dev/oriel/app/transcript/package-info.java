/// The view of a conversation. This package and its subpackages are the only ones that use
/// RichTextFX.
///
/// A conversation is one read-only document of styled paragraphs. `BlockCache` has items rendered
/// into immutable blocks of paragraphs, on any thread; `DocumentUpdater` puts them into the
/// document, once per frame.
@NullMarked
package dev.oriel.app.transcript;

import org.jspecify.annotations.NullMarked;
