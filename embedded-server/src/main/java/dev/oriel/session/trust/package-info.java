/// Which folders may have agents run what they bring.
package dev.oriel.session.trust;
