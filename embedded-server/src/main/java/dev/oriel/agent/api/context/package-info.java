/// Keeps a conversation within the context window of its model, and tells what fills it.
@NullMarked
package dev.oriel.agent.api.context;

import org.jspecify.annotations.NullMarked;
