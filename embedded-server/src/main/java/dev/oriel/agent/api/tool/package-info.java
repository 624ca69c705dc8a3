/// The interface between the agent's turns and its tools.
@NullMarked
package dev.oriel.agent.api.tool;

import org.jspecify.annotations.NullMarked;
