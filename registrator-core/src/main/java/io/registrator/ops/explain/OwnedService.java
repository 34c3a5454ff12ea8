package io.registrator.ops.explain;

import static java.util.Comparator.naturalOrder;

import com.google.common.collect.ImmutableList;
import io.registrator.model.CheckResult;
import io.registrator.model.CheckStatus;
import io.registrator.model.ObservedService;

/**
 * A service of this node in the registry.
 *
 * @param checks what its checks found out
 */
public record OwnedService(ObservedService service, ImmutableList<CheckResult> checks) {

    /** The worst of its checks; passing where it has none. */
    public CheckStatus health() {
        return checks.stream().map(CheckResult::status).max(naturalOrder()).orElse(CheckStatus.PASSING);
    }
}
