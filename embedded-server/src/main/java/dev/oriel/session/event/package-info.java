/// What a session publishes to its subscribers, and the form of that on the wire.
package dev.oriel.session.event;
