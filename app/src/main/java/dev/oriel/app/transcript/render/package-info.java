/// Renders items into blocks of paragraphs, and caches the blocks.
@NullMarked
package dev.oriel.app.transcript.render;

import org.jspecify.annotations.NullMarked;
