package io.registrator.app.config;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who watches over the daemon.
 *
 * @param healthFile a file whose age says whether we live; null for none
 * @param systemd whether systemd waits for notifications
 * @param watchdog after how long without a sign of life systemd kills us; null for never
 */
public record SupervisionSettings(
        @Nullable Path healthFile,
        boolean systemd,
        @Nullable Duration watchdog) {
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(20);
    private static final int SIGNS_PER_WATCHDOG = 3;

    public SupervisionSettings {
        if (healthFile != null && !healthFile.isAbsolute()) {
            throw new ConfigException("Cannot use -health-file " + healthFile + ": write a path that begins with /");
        }
        if (healthFile != null && isSomethingElse(healthFile)) {
            throw new ConfigException(
                    "Cannot use -health-file " + healthFile + ": it is no regular file; name a file of its own");
        }
        if (watchdog != null && !watchdog.isPositive()) {
            throw new ConfigException("Cannot use WATCHDOG_USEC: write microseconds above 0");
        }
    }

    /** It is written over and removed at the end, which only a file of our own stands: no folder, device, pipe or link. */
    private static boolean isSomethingElse(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** With what systemd says in {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID}, see sd_notify(3). */
    public static SupervisionSettings from(@Nullable Path healthFile, Map<String, String> environment) {
        boolean systemd = !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
        return new SupervisionSettings(healthFile, systemd, systemd ? watchdog(environment) : null);
    }

    private static @Nullable Duration watchdog(Map<String, String> environment) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String ourPid = String.valueOf(ProcessHandle.current().pid());
        if (micros.isEmpty()
                || !environment.getOrDefault("WATCHDOG_PID", ourPid).equals(ourPid)) {
            return null;
        }
        try {
            return Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1000));
        } catch (NumberFormatException | ArithmeticException malformed) {
            throw new ConfigException("Cannot use WATCHDOG_USEC " + micros + ": write microseconds");
        }
    }

    /** Time between two signs of life: two may get lost before the watchdog bites. */
    public Duration period() {
        Duration third = watchdog == null ? LONGEST_PERIOD : watchdog.dividedBy(SIGNS_PER_WATCHDOG);
        return third.compareTo(LONGEST_PERIOD) < 0 ? third : LONGEST_PERIOD;
    }
}
