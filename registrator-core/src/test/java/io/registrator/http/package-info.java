@NullMarked
package io.registrator.http;

import org.jspecify.annotations.NullMarked;
