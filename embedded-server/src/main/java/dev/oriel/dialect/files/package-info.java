/// Files that the dialects of other systems read: keys, environment files, and who can change them.
package dev.oriel.dialect.files;
