package io.registrator.cli.command;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import javax.management.Notification;
import javax.management.NotificationEmitter;

/**
 * Has the old generation collected once it holds half as much again as was alive in it the last time. The serial collector
 * would let it grow up to the heap's limit before it collects there: with some bytes an event that outlive the young
 * generation, a daemon would come to hold the most that it may, though it needs little. A collection takes some 20 ms.
 */
final class OldGeneration {
    /** The serial collector's; others see to it themselves. */
    private static final String NAME = "Tenured Gen";

    private static final long LEAST_BYTES = 8 << 20;

    private final MemoryPoolMXBean pool;

    private OldGeneration(MemoryPoolMXBean pool) {
        this.pool = pool;
    }

    /** From now on, for the life of the process. */
    static void keepSmall() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals(NAME)) {
                new OldGeneration(pool).watch();
            }
        }
    }

    private void watch() {
        NotificationEmitter memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
        memory.addNotificationListener(this::told, null, null);
        pool.setUsageThreshold(LEAST_BYTES);
    }

    private void told(Notification notification, Object handback) {
        if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
            collect();
        }
    }

    @SuppressWarnings("SystemGC")
    private void collect() {
        System.gc();
        long alive = pool.getUsage().getUsed();
        pool.setUsageThreshold(Math.max(LEAST_BYTES, alive + alive / 2));
    }
}
