/// Records messages in the journal, then delivers them to all subscribers, each at its own pace.
package dev.oriel.session.fanout;
