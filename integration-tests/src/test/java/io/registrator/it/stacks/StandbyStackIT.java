package io.registrator.it.stacks;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** examples/3-standby: an API and its backup behind nginx; the backup serves while the API is upgraded. */
class StandbyStackIT {
    @Test
    void theBackupServesWhileTheApiIsStoppedAndStarted() throws Exception {
        try (Stack stack = Stack.of("api")) {
            String api = stack.web("api", "-e", "SERVICE_TAGS=v1");
            String backup = stack.web("api-backup", "-e", "SERVICE_TAGS=v1,backup");
            String nginx = stack.proxy("nginx", List.of("nginx/nginx.conf"), List.of(), "nginx-from-consul");
            stack.awaitPassing(2);
            try (LoadClient load = LoadClient.of(stack.address(nginx, 80))) {
                load.awaitBackends(Set.of(api));

                stack.stop(Set.of(api));
                load.awaitBackends(Set.of(backup));
                stack.docker().docker("start", api);
                load.awaitBackends(Set.of(api));

                stack.stop(Set.of(api));
                load.awaitBackends(Set.of(backup));
                String upgraded = stack.web("api-v2", "-e", "SERVICE_TAGS=v2");
                load.awaitBackends(Set.of(upgraded));

                LoadReport report = load.finish();
                int secondTries = stack.secondTries(nginx);
                report.print("standby", secondTries);
                report.assertNoneFailed(secondTries);
            }
        }
    }
}
