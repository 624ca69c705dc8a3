/// Tools that find files by name and by content, with ripgrep or without it.
@NullMarked
package dev.oriel.agent.api.tool.search;

import org.jspecify.annotations.NullMarked;
