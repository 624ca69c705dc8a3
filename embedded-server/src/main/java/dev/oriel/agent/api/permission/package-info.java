/// Decides which tool calls run, which ask the user and which are denied.
@NullMarked
package dev.oriel.agent.api.permission;

import org.jspecify.annotations.NullMarked;
