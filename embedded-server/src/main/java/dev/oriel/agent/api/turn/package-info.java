/// Runs turns: requests, answers, tool calls, until the model is done.
@NullMarked
package dev.oriel.agent.api.turn;

import org.jspecify.annotations.NullMarked;
