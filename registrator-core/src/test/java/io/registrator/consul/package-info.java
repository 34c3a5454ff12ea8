@NullMarked
package io.registrator.consul;

import org.jspecify.annotations.NullMarked;
