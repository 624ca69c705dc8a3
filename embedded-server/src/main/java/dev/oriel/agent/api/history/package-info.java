/// The conversation as the Messages API takes it, read from the journal.
@NullMarked
package dev.oriel.agent.api.history;

import org.jspecify.annotations.NullMarked;
