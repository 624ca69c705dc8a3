/// Subagents: conversations of their own that work on a part of a task and report back.
@NullMarked
package dev.oriel.agent.api.subagent;

import org.jspecify.annotations.NullMarked;
