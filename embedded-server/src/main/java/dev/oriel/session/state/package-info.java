/// State of a session that is confined to its lane: details, queued prompts, pending asks.
package dev.oriel.session.state;
