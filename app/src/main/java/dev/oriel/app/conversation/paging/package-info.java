/// Which part of a conversation is held, and how the rest of it is asked for.
@NullMarked
package dev.oriel.app.conversation.paging;

import org.jspecify.annotations.NullMarked;
