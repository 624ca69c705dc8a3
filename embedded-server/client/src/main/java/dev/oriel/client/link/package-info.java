/// One WebSocket that reconnects by itself within a budget, and what it needs.
@NullMarked
package dev.oriel.client.link;

import org.jspecify.annotations.NullMarked;
