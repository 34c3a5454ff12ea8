package io.registrator.derive;

/** A value, and where it comes from. */
record Explained<T>(T value, String because) {}
