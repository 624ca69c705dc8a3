/// What a search in a conversation matches: the text of messages, and queries for it. Server and
/// window use the same.
@NullMarked
package dev.oriel.message.find;

import org.jspecify.annotations.NullMarked;
