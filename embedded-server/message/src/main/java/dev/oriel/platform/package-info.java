/// What several modules need of the JVM and the operating system: private files, the kind of
/// system, daemon timers, causes of failed futures. Not part of the library's API.
@org.jspecify.annotations.NullMarked
package dev.oriel.platform;
