/// What is attached to a prompt before it is sent: prepared within the API's limits, kept on disk.
@NullMarked
package dev.oriel.app.composer.attach;

import org.jspecify.annotations.NullMarked;
