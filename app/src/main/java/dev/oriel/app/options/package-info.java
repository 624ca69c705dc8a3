/// Models and effort levels, as the agent offers them and as they are shown.
@NullMarked
package dev.oriel.app.options;

import org.jspecify.annotations.NullMarked;
