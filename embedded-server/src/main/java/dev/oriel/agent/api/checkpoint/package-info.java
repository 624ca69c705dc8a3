/// Copies of files from before the agent changed them, and their restoration.
@NullMarked
package dev.oriel.agent.api.checkpoint;

import org.jspecify.annotations.NullMarked;
