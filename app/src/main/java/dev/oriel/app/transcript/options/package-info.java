/// What determines how an item is rendered, besides the item itself.
@NullMarked
package dev.oriel.app.transcript.options;

import org.jspecify.annotations.NullMarked;
