/// Words for failed turns, retried requests, limits and hooks, and what a user can do about them.
@NullMarked
package dev.oriel.app.conversation.notice;

import org.jspecify.annotations.NullMarked;
