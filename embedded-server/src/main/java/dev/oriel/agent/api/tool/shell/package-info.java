/// Tools that run commands: the shell, commands in the background, the processes they start.
@NullMarked
package dev.oriel.agent.api.tool.shell;

import org.jspecify.annotations.NullMarked;
