/// What changes between two texts: lines, words in them, line endings. Pure; on any thread.
@NullMarked
package dev.oriel.app.diff;

import org.jspecify.annotations.NullMarked;
