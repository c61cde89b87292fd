package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.project.Dependency;
import dev.jcompose.core.project.deploy.UpdateConfig;
import dev.jcompose.core.project.process.PullPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A service to have.
 *
 * @param replicas how many containers, 0 or more
 * @param containerName the one name its only container must have, null for numbered names
 * @param hash changes whenever something changes that needs a new container
 * @param template the container but for its name, number and the labels of one replica; {@code
 *     service:NAME} stands where another service's container belongs
 * @param dependencies by service
 * @param files put into each container before it starts
 * @param update how its containers are replaced; null for all at once
 * @param preStart run one after the other before the first container starts
 * @param postStart run in each container one after the other when it has started
 * @param preStop run in each container one after the other before it is stopped
 */
public record DesiredService(
    String name,
    int replicas,
    @Nullable String containerName,
    String hash,
    ContainerSpec template,
    ImageNeed image,
    Map<String, Dependency> dependencies,
    List<InjectedFile> files,
    @Nullable UpdateConfig update,
    List<InitContainer> preStart,
    List<ExecHook> postStart,
    List<ExecHook> preStop) {
  public DesiredService {
    preStart = List.copyOf(preStart);
    postStart = List.copyOf(postStart);
    preStop = List.copyOf(preStop);
    dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
    files = List.copyOf(files);
  }

  public DesiredService withReplicas(int count) {
    return with(count, image);
  }

  DesiredService pulling(PullPolicy policy) {
    return with(replicas, image.pulling(policy));
  }

  DesiredService withoutBuild() {
    return with(replicas, image.withoutBuild());
  }

  /** Its containers with further variables, where the file says nothing of them. */
  DesiredService withVariablesBelow(Map<String, String> variables) {
    return with(
        replicas, template.withProcess(template.process().withVariablesBelow(variables)), image);
  }

  private DesiredService with(int count, ImageNeed need) {
    return with(count, template, need);
  }

  private DesiredService with(int count, ContainerSpec container, ImageNeed need) {
    return new DesiredService(
        name,
        count,
        containerName,
        hash,
        container,
        need,
        dependencies,
        files,
        update,
        preStart,
        postStart,
        preStop);
  }

  /** Its one container that runs something else once. */
  DesiredService running(OneOff oneOff) {
    return new DesiredService(
        name,
        1,
        oneOff.name(),
        hash,
        oneOff.of(template),
        image,
        dependencies,
        files,
        null,
        List.of(),
        postStart,
        preStop);
  }

  /** The images its containers mount, which are fetched by its own rule. */
  public List<ImageNeed> mountedImages() {
    return template.storage().images().stream()
        .map(
            mount ->
                new ImageNeed(mount.image(), null, image.policy(), image.policyGiven(), null, true))
        .toList();
  }

  /** Whether an update that fails brings its old containers back. */
  public boolean rollsBack() {
    return update != null && update.rollsBack();
  }

  /** The services whose containers this one's containers live in or take volumes from. */
  public Set<String> parents() {
    Set<String> parents = new TreeSet<>();
    template.withServices(
        service -> {
          parents.add(service);
          return service;
        });
    return parents;
  }
}
