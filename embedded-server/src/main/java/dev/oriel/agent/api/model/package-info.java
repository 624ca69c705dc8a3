/// What is known of models: limits, thinking, prices.
@NullMarked
package dev.oriel.agent.api.model;

import org.jspecify.annotations.NullMarked;
