/// An agent that talks to the Messages API itself. It emits the messages that the CLI emits.
@NullMarked
package dev.oriel.agent.api;

import org.jspecify.annotations.NullMarked;
