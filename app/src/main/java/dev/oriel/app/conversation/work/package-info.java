/// Claude's checklist and background tasks, folded from the messages of a conversation.
@NullMarked
package dev.oriel.app.conversation.work;

import org.jspecify.annotations.NullMarked;
