/// Commands that the user's settings run around prompts and tool calls.
@NullMarked
package dev.oriel.agent.api.hook;

import org.jspecify.annotations.NullMarked;
