/// Parses command lines, and knows which commands change nothing. What it does not understand is
/// unclear, and asks.
@NullMarked
package dev.oriel.agent.api.permission.shell;

import org.jspecify.annotations.NullMarked;
