/// Markdown as a syntax tree with formulas, and as text to copy or to read aloud.
@NullMarked
package dev.oriel.app.text.markdown;

import org.jspecify.annotations.NullMarked;
