/// The dialect of a socket that runs one query after the other (protocols: section 1).
package dev.oriel.dialect.enhanced;
