/** The one HTTP client: requests with an overall deadline over TCP, TLS and unix sockets. */
@NullMarked
package io.registrator.net.http;

import org.jspecify.annotations.NullMarked;
