/// Tools that read and change files.
@NullMarked
package dev.oriel.agent.api.tool.file;

import org.jspecify.annotations.NullMarked;
