package dev.jcompose.core.desired;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.process.PullPolicy;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that should exist of a project.
 *
 * @param separator between the parts of a container's name, "-" unless in compatibility mode
 * @param services those that are active and selected
 * @param known all services of the Compose file, so that what is merely not selected is no orphan
 * @param warnings what is had otherwise than the file asks, a sentence each
 */
public record DesiredState(
    String project,
    String separator,
    Map<String, DesiredService> services,
    Map<String, DesiredNetwork> networks,
    Map<String, DesiredVolume> volumes,
    Set<String> known,
    List<String> warnings) {
  public DesiredState {
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    volumes = Collections.unmodifiableMap(new LinkedHashMap<>(volumes));
    known = Set.copyOf(known);
    warnings = List.copyOf(warnings);
  }

  /**
   * What a project asks for.
   *
   * @throws ComposeException with everything in it that no engine of ours can do
   */
  public static DesiredState of(Project project) throws ComposeException {
    return of(project, "-");
  }

  /**
   * What a project asks for, its containers' names put together with {@code separator}.
   *
   * @throws ComposeException with everything in it that no engine of ours can do
   */
  public static DesiredState of(Project project, String separator) throws ComposeException {
    ProjectTranslator translator = new ProjectTranslator(project, separator);
    DesiredState desired = translator.translate();
    translator.throwIfRefused();
    return desired;
  }

  /**
   * What a project's file says of things that exist already: whoever stops or removes them does not
   * care that some of it could not be created here.
   */
  public static DesiredState ofExisting(Project project, String separator) {
    return new ProjectTranslator(project, separator).translate();
  }

  /** The same with only some of its services. */
  public DesiredState only(Collection<String> names) {
    Map<String, DesiredService> kept = new LinkedHashMap<>(services);
    kept.keySet().retainAll(names);
    return new DesiredState(project, separator, kept, networks, volumes, known, warnings);
  }

  /** The same with other numbers of replicas for some services. */
  public DesiredState scaled(Map<String, Integer> replicas) {
    Map<String, DesiredService> changed = new LinkedHashMap<>(services);
    replicas.forEach(
        (name, count) -> changed.computeIfPresent(name, (key, s) -> s.withReplicas(count)));
    return new DesiredState(project, separator, changed, networks, volumes, known, warnings);
  }

  /**
   * The same with further variables in every container, where the file says nothing of them. They
   * replace no container: they are not part of what is compared.
   */
  public DesiredState withVariablesBelow(Map<String, String> variables) {
    if (variables.isEmpty()) {
      return this;
    }
    Map<String, DesiredService> changed = new LinkedHashMap<>(services);
    changed.replaceAll((name, service) -> service.withVariablesBelow(variables));
    return new DesiredState(project, separator, changed, networks, volumes, known, warnings);
  }

  /** The same with another pull policy for every service. */
  public DesiredState pulling(PullPolicy policy) {
    Map<String, DesiredService> changed = new LinkedHashMap<>(services);
    changed.replaceAll((name, service) -> service.pulling(policy));
    return new DesiredState(project, separator, changed, networks, volumes, known, warnings);
  }

  /** The same with one service's containers replaced by one that runs a command once. */
  public DesiredState running(OneOff oneOff) {
    Map<String, DesiredService> changed = new LinkedHashMap<>(services);
    changed.computeIfPresent(oneOff.service(), (name, service) -> service.running(oneOff));
    return new DesiredState(project, separator, changed, networks, volumes, known, warnings);
  }

  /** The same, with images that must be there because nothing is built. */
  public DesiredState withoutBuilds() {
    Map<String, DesiredService> changed = new LinkedHashMap<>(services);
    changed.replaceAll((name, service) -> service.withoutBuild());
    return new DesiredState(project, separator, changed, networks, volumes, known, warnings);
  }

  /** The images that services build, which nobody else has to fetch. */
  public Set<String> builtImages() {
    return services.values().stream()
        .map(DesiredService::image)
        .filter(ImageNeed::built)
        .map(ImageNeed::reference)
        .collect(Collectors.toSet());
  }

  /** The name of a service's container of a number, from 1. */
  public String containerName(DesiredService service, int number) {
    String fixed = service.containerName();
    return fixed != null ? fixed : project + separator + service.name() + separator + number;
  }
}
