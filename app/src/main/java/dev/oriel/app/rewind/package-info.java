/// Returning to an earlier prompt: forks, rewinds of the conversation, and restored files.
@NullMarked
package dev.oriel.app.rewind;

import org.jspecify.annotations.NullMarked;
