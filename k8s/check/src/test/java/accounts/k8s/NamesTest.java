package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

  private static final String CONTAINER = "test: Deployment/web: spec.template.spec.containers[0].";

  @Test
  void configMap_missing_isReported() {
    assertThat(
            Fixture.faults(
                "- configMapRef:\n                name: web-config",
                "- configMapRef:\n                name: web-confg"))
        .containsExactly(
            CONTAINER
                + "envFrom[0].configMapRef.name: \"web-confg\""
                + " (expected: a ConfigMap that is applied too or declared external)");
  }

  @Test
  void configMapKey_missing_isReported() {
    assertThat(Fixture.faults("key: COLOUR", "key: COLOR"))
        .containsExactly(
            CONTAINER
                + "env[0].valueFrom.configMapKeyRef.key: \"COLOR\""
                + " (expected: a key of ConfigMap/web-config)");
  }

  @Test
  void secret_notDeclaredExternal_isReported() {
    assertThat(Fixture.faults("name: outside", "name: elsewhere"))
        .containsExactly(
            CONTAINER
                + "env[1].valueFrom.secretKeyRef.name: \"elsewhere\""
                + " (expected: a Secret that is applied too or declared external)");
  }

  @Test
  void serviceAccount_missing_isReported() {
    assertThat(Fixture.faults("serviceAccountName: web", "serviceAccountName: wbe"))
        .containsExactly(
            "test: Deployment/web: spec.template.spec.serviceAccountName: \"wbe\""
                + " (expected: a ServiceAccount that is applied too or declared external)");
  }

  @Test
  void volume_missing_isReported() {
    assertThat(
            Fixture.faults("- name: tmp\n              mount", "- name: temp\n              mount"))
        .containsExactly(
            CONTAINER + "volumeMounts[0].name: \"temp\" (expected: a volume of the pod)");
  }

  @Test
  void serviceThatSelectsNoPod_namesSelectorAndPort() {
    assertThat(Fixture.faults("selector:\n    app: web", "selector:\n    app: wbe"))
        .containsExactly(
            "test: Service/web: spec.selector: {\"app\":\"wbe\"} (expected: labels that a pod"
                + " carries)",
            "test: Service/web: spec.ports[0].targetPort: \"grpc\" (expected: a port of the pods it"
                + " selects)");
  }

  @Test
  void budgetThatSelectsNoPod_named() {
    assertThat(
            Fixture.faults(
                "maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: web",
                "maxUnavailable: 1\n  selector:\n    matchLabels:\n      app: wbe"))
        .containsExactly(
            "test: PodDisruptionBudget/web: spec.selector.matchLabels: {\"app\":\"wbe\"}"
                + " (expected: labels that a pod carries)");
  }

  @Test
  void deploymentThatDoesNotSelectItsOwnPods_named() {
    assertThat(
            Fixture.faults(
                "  selector:\n    matchLabels:\n      app: web\n  template",
                "  selector:\n    matchLabels:\n      app: wbe\n  template"))
        .containsExactly(
            "test: Deployment/web: spec.selector.matchLabels: {\"app\":\"wbe\"}"
                + " (expected: labels of its own template: {app=web})");
  }

  @Test
  void autoscalerOfNothing_named() {
    assertThat(Fixture.faults("kind: Deployment\n    name: web", "kind: Deployment\n    name: wbe"))
        .containsExactly(
            "test: HorizontalPodAutoscaler/web: spec.scaleTargetRef.name: \"wbe\""
                + " (expected: a Deployment to scale)");
  }
}
