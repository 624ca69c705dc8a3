/// The prompts of the open conversation as a list, to jump to one of them.
@NullMarked
package dev.oriel.app.outline;

import org.jspecify.annotations.NullMarked;
