/** The daemons that run on this host: where they can be asked, and what they answer. */
@NullMarked
package io.registrator.cli.running;

import org.jspecify.annotations.NullMarked;
