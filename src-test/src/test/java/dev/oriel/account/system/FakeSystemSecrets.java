package dev.oriel.account.system;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A key store of a system in memory. It can be missing, locked, silent, or forget what it is told.
final class FakeSystemSecrets implements SystemSecrets {
    final Map<String, String> secrets = new ConcurrentHashMap<>();
    volatile @Nullable String missing;
    volatile @Nullable String failure;
    volatile boolean forgets;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();
    volatile @Nullable CountDownLatch silent;
    volatile boolean endsWhenCancelled = true;

    SystemSecrets open() throws IOException {
        opened.incrementAndGet();
        if (missing != null) {
            throw new IOException(missing);
        }
        return this;
    }

    private void call() throws IOException {
        calls.incrementAndGet();
        CountDownLatch wait = silent;
        if (wait != null) {
            try {
                wait.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    @Override
    public @Nullable String read(String name) throws IOException {
        call();
        return secrets.get(name);
    }

    @Override
    public void write(String name, String secret) throws IOException {
        call();
        if (!forgets) {
            secrets.put(name, secret);
        }
    }

    @Override
    public void remove(String name) throws IOException {
        call();
        secrets.remove(name);
    }

    @Override
    public void cancel() {
        CountDownLatch wait = silent;
        if (wait != null && endsWhenCancelled) {
            wait.countDown();
        }
    }
}
