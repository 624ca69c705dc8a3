/// What the model is told besides the conversation: the system prompt, the project's instructions,
/// and files that a prompt mentions.
@NullMarked
package dev.oriel.agent.api.prompt;

import org.jspecify.annotations.NullMarked;
