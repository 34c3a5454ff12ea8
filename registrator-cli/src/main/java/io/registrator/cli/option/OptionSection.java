package io.registrator.cli.option;

import com.google.common.collect.ImmutableList;

/** Options that help shows under one title. */
public record OptionSection(String title, ImmutableList<DaemonOption> options) {
    static OptionSection of(String title, DaemonOption... options) {
        return new OptionSection(title, ImmutableList.copyOf(options));
    }
}
