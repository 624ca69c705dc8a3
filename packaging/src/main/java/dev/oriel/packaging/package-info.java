/// Builds the packages of the system it runs on: `mvn -Ppackages …`, see `packaging/README.md`.
@org.jspecify.annotations.NullMarked
package dev.oriel.packaging;
