package io.registrator.registry.consul;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import com.google.gson.JsonObject;
import io.registrator.model.GoDuration;
import io.registrator.model.ObservedService;
import io.registrator.model.ServiceDefinition;
import io.registrator.model.ServiceId;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.HttpStatus;

/**
 * {@code <prefix>/<name>/<ip>:<port>} = {@code {"weight":1,"max_fails":2,"fail_timeout":10,"down":0,"backup":0}}.
 *
 * @see <a href="https://github.com/weibocom/nginx-upsync-module">nginx-upsync-module</a>
 */
final class UpsyncLayout implements KvLayout {
    private static final int MAX_FAILS = 2;
    private static final int FAIL_TIMEOUT = 10;
    private static final ImmutableSet<String> YES = ImmutableSet.of("1", "true", "yes", "on", "t", "y");
    private static final ImmutableSet<String> NO = ImmutableSet.of("", "0", "false", "no", "off", "f", "n");

    private final String prefix;

    UpsyncLayout(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Entry entry(ServiceDefinition service) throws RefusedException {
        if (!InetAddresses.isInetAddress(service.address())
                || !(InetAddresses.forString(service.address()) instanceof Inet4Address)) {
            throw refused(service, "nginx-upsync-module reads IPv4 addresses only, not " + service.address());
        }
        if (service.port() == 0) {
            throw refused(service, "nginx-upsync-module needs a port");
        }
        JsonObject value = new JsonObject();
        value.addProperty("weight", service.weights().passing());
        value.addProperty("max_fails", number(service, "max_fails", MAX_FAILS));
        value.addProperty("fail_timeout", seconds(service));
        value.addProperty("down", flag(service, "down"));
        value.addProperty("backup", flag(service, "backup"));
        return new Entry(prefix + "/" + service.name() + "/" + KvLayout.address(service), value.toString());
    }

    /** Its key tells no ID, so what is somebody else's cannot be told by ID: it is never written over. */
    @Override
    public Optional<ObservedService> foreign(String key, String value) {
        return Optional.empty();
    }

    @Override
    public Optional<String> foreignKey(ServiceId id, Iterable<String> keys) {
        return Optional.empty();
    }

    private static int number(ServiceDefinition service, String key, int otherwise) throws RefusedException {
        String text = service.meta().getOrDefault(key, "").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        Integer number = Ints.tryParse(text);
        if (number == null || number < 0) {
            throw refused(service, attribute(key) + "=" + text + " is not a number from 0 on");
        }
        return number;
    }

    private static int seconds(ServiceDefinition service) throws RefusedException {
        String text = service.meta().getOrDefault("fail_timeout", "").strip();
        Optional<Duration> duration = GoDuration.parse(text);
        return duration.isPresent() && !text.isEmpty() && !duration.get().isNegative()
                ? Math.toIntExact(Math.min(duration.get().toSeconds(), Integer.MAX_VALUE))
                : number(service, "fail_timeout", FAIL_TIMEOUT);
    }

    private static int flag(ServiceDefinition service, String key) throws RefusedException {
        String text = Ascii.toLowerCase(service.meta().getOrDefault(key, "").strip());
        if (YES.contains(text)) {
            return 1;
        }
        if (NO.contains(text)) {
            return 0;
        }
        throw refused(service, attribute(key) + "=" + text + " is not true or false");
    }

    private static String attribute(String key) {
        return "SERVICE_" + Ascii.toUpperCase(key);
    }

    private static RefusedException refused(ServiceDefinition service, String why) {
        return new RefusedException("service " + service.id() + ": " + why, HttpStatus.SC_BAD_REQUEST, "");
    }
}
