/// Files of a folder: lists them, and knows which of them git ignores.
@org.jspecify.annotations.NullMarked
package dev.oriel.files;
