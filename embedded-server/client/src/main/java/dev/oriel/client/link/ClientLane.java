package dev.oriel.client.link;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread of a client, to which all its state belongs.
///
/// What throws there is a bug, ours or a listener's. It is logged, as the executor alone would keep
/// it for somebody who never asks, and the thread goes on with what comes next.
public final class ClientLane extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(ClientLane.class);

    public ClientLane() {
        super(1, Thread.ofPlatform().daemon().name("oriel-client-lane").factory());
    }

    @Override
    protected void afterExecute(Runnable work, @Nullable Throwable thrown) {
        super.afterExecute(work, thrown);
        if (work instanceof Future<?> task && task.state() == Future.State.FAILED) {
            LOG.error("Something of the connection could not be done", task.exceptionNow());
        }
    }
}
