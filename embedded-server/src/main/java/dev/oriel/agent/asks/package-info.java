/// Adds information to an agent's asks that the user needs and the agent omits.
@NullMarked
package dev.oriel.agent.asks;

import org.jspecify.annotations.NullMarked;
