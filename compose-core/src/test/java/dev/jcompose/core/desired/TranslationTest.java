package dev.jcompose.core.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.spec.RestartSpec;
import dev.jcompose.core.problem.ComposeException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the attributes of a service mean for its containers, where files alone do not show it. */
class TranslationTest {
  private static DesiredState desired(String text) throws ComposeException {
    return DesiredState.of(
        ProjectLoader.load(LoadRequest.ofText(Path.of("/nowhere/p"), text)).project());
  }

  private static DesiredService service(String attributes) throws ComposeException {
    return desired("services: {web: {image: x, " + attributes + "}}")
        .services()
        .values()
        .iterator()
        .next();
  }

  private static ContainerSpec container(String attributes) throws ComposeException {
    return service(attributes).template();
  }

  @Test
  void theRestartPolicyOfDeployWinsOverRestart() throws ComposeException {
    assertThat(container("restart: always, deploy: {restart_policy: {condition: none}}").restart())
        .isEqualTo(RestartSpec.NO);
    assertThat(
            container("deploy: {restart_policy: {condition: on-failure, max_attempts: 3}}")
                .restart())
        .isEqualTo(new RestartSpec("on-failure", 3));
    assertThat(container("deploy: {restart_policy: {condition: any}}").restart())
        .isEqualTo(new RestartSpec("always", 0));
  }

  @Test
  void aDisabledHealthcheckTestsNothing() throws ComposeException {
    assertThat(container("healthcheck: {disable: true, test: x}").healthcheck())
        .extracting(check -> check == null ? null : check.test())
        .asString()
        .isEqualTo("[NONE]");
  }

  @Test
  void replicasComeFromScaleOrDeploy() throws ComposeException {
    assertThat(service("scale: 3").replicas()).isEqualTo(3);
    assertThat(service("deploy: {replicas: 2}").replicas()).isEqualTo(2);
    assertThat(service("init: true").replicas()).isEqualTo(1);
  }

  @Test
  void anImageThatIsBuiltIsCalledAfterProjectAndService() throws ComposeException {
    assertThat(
            desired("{name: shop, services: {web: {build: .}}}")
                .services()
                .values()
                .iterator()
                .next()
                .template()
                .image())
        .isEqualTo("shop-web");
  }

  @Test
  void secretsAndConfigsOfOtherStoresAreRefusedWhereTheyAreUsed() {
    assertThatThrownBy(
            () ->
                desired(
                    """
                    services:
                      web:
                        image: x
                        secrets: [a]
                        configs: [{source: b}]
                    secrets: {a: {external: true}}
                    configs: {b: {file: x, template_driver: golang}}
                    """))
        .hasMessageContaining("stdin:4:15: services.web.secrets[0]: there is no store of external")
        .hasMessageContaining("stdin:5:15: services.web.configs[0]: there is no store of external");
  }

  @Test
  void whatCannotBeRunIsRefusedWithItsPlace() {
    assertThatThrownBy(
            () ->
                desired(
                    """
                    services:
                      my.web:
                        provider: {type: cloud}
                      ai:
                        image: x
                        models: [m]
                        use_api_socket: true
                        volumes: [{type: cluster, source: c, target: /c}]
                    models: {m: {model: x}}
                    """))
        .hasMessageContaining("stdin:3:15: services.my.web.provider: ")
        .hasMessageContaining("stdin:6:13: services.ai.models: ")
        .hasMessageContaining("stdin:7:21: services.ai.use_api_socket: ")
        .hasMessageContaining("stdin:8:22: services.ai.volumes[0].type: ");
  }

  @Test
  void aFileWithAnOwnerOfItsOwnIsCopiedInsteadOfMounted() throws ComposeException {
    DesiredState state =
        desired(
            """
            services: {web: {image: x, secrets: [{source: a, uid: "1"}, {source: a, target: b}]}}
            secrets: {a: {file: ./a}}
            """);

    assertThat(state.warnings()).isEmpty();
    DesiredService web = Objects.requireNonNull(state.services().get("web"));
    assertThat(web.files())
        .singleElement()
        .matches(file -> file.target().equals("/run/secrets/a") && file.userId() == 1);
    assertThat(web.template().storage().mounts())
        .extracting(MountSpec::target)
        .containsExactly("/run/secrets/b");
  }

  @Test
  void aFailureActionThatNobodyKnowsIsWarnedOf() throws ComposeException {
    assertThat(
            desired(
                    """
                    services:
                      web:
                        image: x
                        deploy: {update_config: {failure_action: rolback}}
                    """)
                .warnings())
        .singleElement()
        .asString()
        .startsWith("stdin:4:46: services.web.deploy.update_config.failure_action: it is none of");
  }
}
