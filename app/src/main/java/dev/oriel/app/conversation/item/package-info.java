/// Immutable values that make up a conversation: items, tool runs, facts and activity.
@NullMarked
package dev.oriel.app.conversation.item;

import org.jspecify.annotations.NullMarked;
