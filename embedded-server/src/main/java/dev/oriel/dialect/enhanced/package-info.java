/// The enhanced dialect: a socket that runs one query after the other (wire.md 1).
package dev.oriel.dialect.enhanced;
