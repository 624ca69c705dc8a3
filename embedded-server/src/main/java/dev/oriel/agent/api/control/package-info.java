/// Answers to control requests about settings and tasks.
@NullMarked
package dev.oriel.agent.api.control;

import org.jspecify.annotations.NullMarked;
