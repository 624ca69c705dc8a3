/// Requests to the Messages API; the only user of the `com.anthropic` library.
@NullMarked
package dev.oriel.agent.api.wire;

import org.jspecify.annotations.NullMarked;
