/// The composer: drafts, sending, the queue, interrupting a turn.
@NullMarked
package dev.oriel.app.composer;

import org.jspecify.annotations.NullMarked;
