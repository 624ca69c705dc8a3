/// Images and documents of messages: recognised, bounded, decoded and loaded from the journal.
@NullMarked
package dev.oriel.app.media;

import org.jspecify.annotations.NullMarked;
