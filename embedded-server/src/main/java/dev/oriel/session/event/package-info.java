/// What a session publishes to its subscribers, and how that is written as messages.
package dev.oriel.session.event;
