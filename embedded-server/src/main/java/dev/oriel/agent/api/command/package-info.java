/// Slash commands and skills.
@NullMarked
package dev.oriel.agent.api.command;

import org.jspecify.annotations.NullMarked;
