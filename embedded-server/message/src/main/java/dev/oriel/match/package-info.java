/// Ranks names and paths by how well they match what a user types.
@org.jspecify.annotations.NullMarked
package dev.oriel.match;
