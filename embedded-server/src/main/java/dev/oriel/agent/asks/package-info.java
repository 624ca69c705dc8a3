/// What a user needs to know of a question of the agent's and the agent does not say.
@NullMarked
package dev.oriel.agent.asks;

import org.jspecify.annotations.NullMarked;
