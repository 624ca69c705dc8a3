/// The model of one session, which applies messages to items and facts.
///
/// Nothing here draws. Only [dev.oriel.app.conversation.ConversationModel] and
/// [dev.oriel.app.conversation.HeldItems] belong to the JavaFX thread; the rest is pure.
@NullMarked
package dev.oriel.app.conversation;

import org.jspecify.annotations.NullMarked;
