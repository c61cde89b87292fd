package dev.jcompose.core.plan;

import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.spec.EndpointSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is changed of a container that stays.
 *
 * @param limits null when they are as they should be
 * @param joins networks it is not in yet
 * @param leaves names of networks it is not to be in any more
 */
record Adjustment(@Nullable Adjustable limits, List<EndpointSpec> joins, List<String> leaves) {
  Adjustment {
    joins = List.copyOf(joins);
    leaves = List.copyOf(leaves);
  }

  boolean joins(String network) {
    return joins.stream().anyMatch(endpoint -> endpoint.network().equals(network));
  }
}
