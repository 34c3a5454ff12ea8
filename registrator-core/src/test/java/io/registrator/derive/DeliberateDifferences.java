package io.registrator.derive;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.function.UnaryOperator;

/** The vectors in which this program does something else on purpose, each with the rule and what it does instead. */
final class DeliberateDifferences {
    static final String HOST_ADDRESS = "10.11.12.13";
    /** Where the host's name says nothing, its address is found in another way. */
    static final String HOST_ADDRESS_FOUND_OTHERWISE = "198.51.100.1";

    static final ImmutableMap<String, Difference> BY_CASE = ImmutableMap.<String, Difference>builder()
            .put(
                    "check-http-without-slash",
                    each(
                            "a path gets its slash, for the URL to be one",
                            recorded -> recorded.withCheckField("HTTP", "http://10.11.12.13:32768/health")))
            .put(
                    "check-https-full",
                    each(
                            "check_tls_skip_verify holds for https too",
                            recorded -> recorded.withCheckField("TLSSkipVerify", "true")))
            .put(
                    "check-script",
                    each(
                            "scripts are split into arguments",
                            recorded -> recorded.withCheckField(
                                    "ScriptArgs", "[\"curl\",\"--silent\",\"--fail\",\"10.11.12.13:32768/x\"]")))
            .put(
                    "container-network-mode-parent-missing",
                    none("without the container that holds the network there is no address"))
            .put(
                    "container-network-mode-parent-on-user-network",
                    each(
                            "a shared network's address is found on every network, not on the default bridge alone",
                            recorded -> recorded.withAddress("172.20.0.9")))
            .put(
                    "dual-stack-binding-v6-first",
                    each(
                            "never :: as an address; of two bindings the IPv4 one",
                            recorded -> recorded.withAddress(HOST_ADDRESS)))
            .put(
                    "flag-ttl",
                    each(
                            "-ttl gives every service a TTL check, which the daemon refreshes",
                            recorded -> recorded.withCheck(ImmutableSortedMap.of("TTL", "30s"))))
            .put(
                    "group-shared-id-collides",
                    new Difference(
                            "one ID for several ports is a conflict, which the lowest port wins",
                            recorded -> recorded.stream()
                                    .filter(service -> service.name().equals("nginx-80"))
                                    .collect(toImmutableList())))
            .put(
                    "host-network-internal",
                    each(
                            "in the host's network a container's own address is the host's",
                            recorded -> recorded.withAddress(HOST_ADDRESS)))
            .put(
                    "hostname-not-resolvable",
                    each("never 0.0.0.0", recorded -> recorded.withAddress(HOST_ADDRESS_FOUND_OTHERWISE)))
            .put(
                    "ignore-false-still-ignores",
                    new Difference(
                            "SERVICE_IGNORE=false means no",
                            recorded -> ImmutableList.of(plain("node-1:app:8080", "nginx"))))
            .put(
                    "meta-key-invalid-for-consul",
                    each(
                            "keys are cleaned where Consul would refuse the service",
                            recorded -> recorded.withMeta(ImmutableSortedMap.of("foo_bar", "x"))))
            .put(
                    "meta-port-and-address-are-not-overrides",
                    each(
                            "SERVICE_IP is the service's address; SERVICE_PORT means something for containers that"
                                    + " expose no port, and is no override here either; both are not the user's own",
                            recorded -> recorded.withAddress("1.2.3.4")
                                    .withMeta(ImmutableSortedMap.of("address", "1.2.3.4"))))
            .put(
                    "meta-prefix-only",
                    each(
                            "an attribute without a name is left out, where Consul would refuse the service",
                            recorded -> recorded.withMeta(ImmutableSortedMap.of())))
            .put(
                    "name-image-with-digest",
                    each("digests are no part of a name", recorded -> recorded.withName("nginx")))
            .put(
                    "name-image-is-sha256-id",
                    each(
                            "an image's ID is no name: its beginning is, where the image has no tag",
                            recorded -> recorded.withName("838383838383")))
            .put("network-mode-none", none("nothing reaches a container without a network"))
            .put(
                    "real-user-network",
                    each(
                            "a published port has the address of its binding, on user-defined networks too",
                            recorded -> recorded.withAddress("127.0.0.1")))
            .put(
                    "useipfromlabel-missing",
                    none("a label that is missing where -useIpFromLabel asks for it is an error, and no other address"))
            .put(
                    "user-network-published",
                    each(
                            "a published port is the host's address with the host's port, on user-defined networks too",
                            recorded -> recorded.withAddress(HOST_ADDRESS)))
            .buildOrThrow();

    private DeliberateDifferences() {}

    private static Difference each(String rule, UnaryOperator<Registration> replacement) {
        return new Difference(
                rule, recorded -> recorded.stream().map(replacement).collect(toImmutableList()));
    }

    private static Difference none(String rule) {
        return new Difference(rule, recorded -> ImmutableList.of());
    }

    private static Registration plain(String id, String name) {
        return new Registration(
                id, name, HOST_ADDRESS, 32768, ImmutableSet.of(), ImmutableSortedMap.of(), ImmutableList.of());
    }

    /**
     * One difference.
     *
     * @param replacement from what was recorded to what is right here
     */
    record Difference(String rule, UnaryOperator<ImmutableList<Registration>> replacement) {}
}
