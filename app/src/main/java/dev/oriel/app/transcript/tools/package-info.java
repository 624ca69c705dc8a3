/// Renders tool calls as cards: one renderer for each kind of tool, behind one dispatch.
@NullMarked
package dev.oriel.app.transcript.tools;

import org.jspecify.annotations.NullMarked;
