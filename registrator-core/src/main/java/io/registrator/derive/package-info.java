/**
 * From a container to its services: a pure function of container facts and settings, with the reason for every field
 * and for every port that is left out.
 */
@NullMarked
package io.registrator.derive;

import org.jspecify.annotations.NullMarked;
