package io.registrator.derive.template;

/** A place in a template's text; both count from 1. */
record Position(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
