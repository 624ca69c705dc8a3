/// Speaks the stream-json protocol of the `claude` CLI: prompts, control requests, tools, asks.
package dev.oriel.agent.cli.protocol;
