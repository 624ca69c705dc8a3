/// The state of one session, confined to its lane: details, queued prompts, pending asks.
package dev.oriel.session.state;
