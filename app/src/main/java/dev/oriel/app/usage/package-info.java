/// What the model's context holds, what sessions cost, and what is used of the user's plan.
@NullMarked
package dev.oriel.app.usage;

import org.jspecify.annotations.NullMarked;
