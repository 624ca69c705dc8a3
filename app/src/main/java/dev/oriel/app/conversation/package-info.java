/// The model of one session: a pure fold of messages into what a person reads.
///
/// Nothing here draws, and only [dev.oriel.app.conversation.ConversationModel] knows that there is
/// a JavaFX thread.
@NullMarked
package dev.oriel.app.conversation;

import org.jspecify.annotations.NullMarked;
