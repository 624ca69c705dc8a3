package dev.oriel.app.find;

import java.util.List;

/// A match in a held item.
///
/// @param lines the lines of the item, when all of it is open
/// @param line the line with the match, from 0
/// @param start its first character in the line
/// @param end the character after its last one
public record FindHit(String itemId, List<String> lines, int line, int start, int end) {}
