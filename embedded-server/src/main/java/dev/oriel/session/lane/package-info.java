/// The serial executor of a session: commands and agent input run one after the other.
package dev.oriel.session.lane;
