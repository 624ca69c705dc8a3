/// Text fields in which nothing blinks.
@NullMarked
package dev.oriel.app.caret;

import org.jspecify.annotations.NullMarked;
