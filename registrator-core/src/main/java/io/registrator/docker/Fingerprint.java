package io.registrator.docker;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A digest of all that a row of the listing says of a container and that can change what an inspect shows. Time that
 * merely passes ({@code Up 3 minutes}) does not change it, nor does the order of ports, labels or networks.
 */
final class Fingerprint {
    /** What a status says beyond the time: {@code (healthy)}, {@code (Paused)}, an exit code. */
    private static final Pattern REMARK = Pattern.compile("\\([^)]*\\)");

    /** Nobody is to be kept from making two rows alike: they would hide their own container's change only. */
    private final Hasher hasher = Hashing.murmur3_128().newHasher();

    private Fingerprint() {}

    static String of(Fields row) {
        var print = new Fingerprint();
        print.sorted(row.texts("Names"));
        print.text(row, "Image");
        print.text(row, "ImageID");
        print.text(row, "State");
        print.remarks(row.text("Status").orElse(""));
        print.ports(row);
        print.text(row.objectOrEmpty("HostConfig"), "NetworkMode");
        print.networks(row.objectOrEmpty("NetworkSettings").objectOrEmpty("Networks"));
        print.labels(row.objectOrEmpty("Labels"));
        return print.hasher.hash().toString();
    }

    private void text(Fields fields, String name) {
        add(fields.text(name).orElse(""));
    }

    private void remarks(String status) {
        if (status.indexOf('(') >= 0) {
            Matcher remarks = REMARK.matcher(status);
            while (remarks.find()) {
                add(remarks.group());
            }
        }
        endGroup();
    }

    private void ports(Fields row) {
        sorted(row.objects("Ports").stream()
                .map(port -> port.text("IP").orElse("")
                        + ':'
                        + port.text("PublicPort").orElse("")
                        + '>'
                        + port.text("PrivatePort").orElse("")
                        + '/'
                        + port.text("Type").orElse(""))
                .toList());
    }

    private void networks(Fields networks) {
        for (String name : new TreeSet<>(networks.asMap().keySet())) {
            var network = networks.objectOrEmpty(name);
            add(name);
            text(network, "IPAddress");
            text(network, "GlobalIPv6Address");
        }
        endGroup();
    }

    private void labels(Fields labels) {
        for (String name : new TreeSet<>(labels.asMap().keySet())) {
            add(name);
            text(labels, name);
        }
        endGroup();
    }

    private void sorted(Collection<String> texts) {
        texts.stream().sorted().forEach(this::add);
        endGroup();
    }

    /** Each text with its length, so that no two lists of texts are told alike. */
    private void add(String text) {
        hasher.putInt(text.length()).putUnencodedChars(text);
    }

    private void endGroup() {
        hasher.putInt(-1);
    }
}
