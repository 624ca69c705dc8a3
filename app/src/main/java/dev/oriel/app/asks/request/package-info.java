/// Requests that wait for the user, their text, and the replies to them.
@NullMarked
package dev.oriel.app.asks.request;

import org.jspecify.annotations.NullMarked;
