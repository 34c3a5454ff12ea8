package io.registrator.model;

/**
 * What a registry's agent found out with one check.
 *
 * @param output the first words of what the probe said; empty before it has run
 */
public record CheckResult(String name, CheckStatus status, String output) {}
