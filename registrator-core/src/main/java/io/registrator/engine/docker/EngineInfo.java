package io.registrator.engine.docker;

/**
 * What an engine says of itself.
 *
 * @param name the host's name, also from inside a container; the default node ID
 * @param serverVersion such as {@code 20.10.24}
 * @param apiVersion its newest, such as {@code 1.41}
 * @param operatingSystem such as {@code Debian GNU/Linux 12 (bookworm)}
 */
public record EngineInfo(String name, String serverVersion, String apiVersion, String operatingSystem) {}
