/// One WebSocket that reconnects by itself within a budget, and what it needs.
package dev.oriel.client.link;
