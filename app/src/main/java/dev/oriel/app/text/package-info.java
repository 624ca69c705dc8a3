/// Text from elsewhere, made fit to be shown, read aloud or copied: characters and Markdown.
/// Nothing here draws.
@NullMarked
package dev.oriel.app.text;

import org.jspecify.annotations.NullMarked;
