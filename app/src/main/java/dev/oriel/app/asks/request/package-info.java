/// Requests of the agent that wait for the user, the text that describes them, and the replies to
/// them.
@NullMarked
package dev.oriel.app.asks.request;

import org.jspecify.annotations.NullMarked;
