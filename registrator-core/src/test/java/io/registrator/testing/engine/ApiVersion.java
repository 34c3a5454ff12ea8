package io.registrator.testing.engine;

/** The versions of the engine's API that are simulated, each with the engine that brought it. */
public enum ApiVersion {
    /** As recorded. */
    V1_41("1.41", "20.10.24"),
    /** With {@code DNSNames}. */
    V1_44("1.44", "25.0.3"),
    /**
     * Events without {@code status}, {@code id} and {@code from}, an inspect without the addresses beside {@code Networks},
     * a listing with {@code Health}.
     */
    V1_52("1.52", "29.0.0");

    private final String text;
    private final String serverVersion;

    ApiVersion(String text, String serverVersion) {
        this.text = text;
        this.serverVersion = serverVersion;
    }

    /** Such as {@code 1.41}. */
    public String text() {
        return text;
    }

    /** Such as {@code 20.10.24}. */
    public String serverVersion() {
        return serverVersion;
    }

    /** Whether the engine answers requests that name this version: {@code 1.12} up to its own. */
    boolean answers(String asked) {
        return minor(asked) <= minor(text);
    }

    private static int minor(String version) {
        return Integer.parseInt(version.substring(version.indexOf('.') + 1));
    }
}
