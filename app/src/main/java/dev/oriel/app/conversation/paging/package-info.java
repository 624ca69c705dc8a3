/// Which messages of a conversation are held, and how others are requested.
@NullMarked
package dev.oriel.app.conversation.paging;

import org.jspecify.annotations.NullMarked;
