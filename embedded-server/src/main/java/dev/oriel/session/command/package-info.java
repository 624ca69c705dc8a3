/// Accepts what clients ask of a session: prompts, control requests, replies to asks.
package dev.oriel.session.command;
