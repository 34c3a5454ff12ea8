/** At which address this host is reached, and whether we run in its network. */
@NullMarked
package io.registrator.net.host;

import org.jspecify.annotations.NullMarked;
