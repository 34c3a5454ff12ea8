package io.registrator.it.stacks;

import java.util.List;
import org.junit.jupiter.api.Test;

/** examples/1-nginx: nginx, its upstream written anew and reloaded whenever Consul says so. */
class NginxStackIT {
    @Test
    void failsNoRequestWhileTheServiceScalesAndIsReplaced() throws Exception {
        try (Stack stack = Stack.of("web")) {
            String first = stack.web("n0");
            String nginx = stack.proxy("nginx", List.of("nginx/nginx.conf"), List.of(), "nginx-from-consul");
            try (LoadClient load = LoadClient.of(stack.address(nginx, 80))) {
                new Scaling(stack, load, first).to(5).to(2).to(5).replaceAll();

                LoadReport report = load.finish();
                int secondTries = stack.secondTries(nginx);
                report.print("nginx", secondTries);
                report.assertNoneFailed(secondTries);
            }
        }
    }
}
