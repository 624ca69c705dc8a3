/// A session that is open in the window: its subscription, its conversation, and the prompts that
/// were sent to it.
@NullMarked
package dev.oriel.app.session;

import org.jspecify.annotations.NullMarked;
