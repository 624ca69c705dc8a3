/// Tools that belong to the conversation itself, and tools that use the network.
@NullMarked
package dev.oriel.agent.api.tool.other;

import org.jspecify.annotations.NullMarked;
