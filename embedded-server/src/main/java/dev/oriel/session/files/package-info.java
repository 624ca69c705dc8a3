/// The files of sessions' folders: lists them in the background, and finds them by their names.
@org.jspecify.annotations.NullMarked
package dev.oriel.session.files;
