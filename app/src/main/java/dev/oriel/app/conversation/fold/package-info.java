/// Pure folds of messages into items and facts: no clock, no thread, no toolkit.
@NullMarked
package dev.oriel.app.conversation.fold;

import org.jspecify.annotations.NullMarked;
