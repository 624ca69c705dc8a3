/// Cancellation of the work of one turn.
@NullMarked
package dev.oriel.agent.api.cancel;

import org.jspecify.annotations.NullMarked;
