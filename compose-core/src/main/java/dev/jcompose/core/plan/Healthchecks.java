package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.port.spec.HealthcheckSpec;
import dev.jcompose.core.port.view.ImageView;
import org.jspecify.annotations.Nullable;

/** Knows whether the containers of a service have a healthcheck. */
final class Healthchecks {
  private Healthchecks() {}

  /** An image that is not known yet gets the benefit of the doubt. */
  static boolean has(DesiredService service, @Nullable ImageView image) {
    HealthcheckSpec own = service.template().healthcheck();
    if (own != null && !own.test().isEmpty()) {
      return !own.test().getFirst().equals("NONE");
    }
    return image == null || image.healthcheck();
  }
}
