package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldsTest {

  @Test
  void goodManifests_noFault() {
    assertThat(Fixture.faults()).isEmpty();
  }

  @Test
  void misspeltField_named() {
    assertThat(Fixture.faults("maxUnavailable: 1", "maxUnavailible: 1"))
        .containsExactly(
            "test: PodDisruptionBudget/web: spec.maxUnavailible: 1"
                + " (expected: a field that policy/v1 PodDisruptionBudget has)");
  }

  @Test
  void misspeltFieldDeepInAList_namedWithItsIndexes() {
    assertThat(Fixture.faults("service: liveness", "servce: liveness"))
        .containsExactly(
            "test: Deployment/web: spec.template.spec.containers[0].livenessProbe.grpc.servce:"
                + " \"liveness\" (expected: a field that apps/v1 Deployment has)");
  }

  @Test
  void fieldAtTheWrongDepth_named() {
    assertThat(Fixture.faults("  maxUnavailable: 1", "maxUnavailable: 1\nspec:"))
        .anyMatch(line -> line.startsWith("test: PodDisruptionBudget/web: maxUnavailable: 1"));
  }

  @Test
  void textInPlaceOfANumber_typeNamed() {
    assertThat(Fixture.faults("containerPort: 50051", "containerPort: \"50051\""))
        .containsExactly(
            "test: Deployment/web: spec.template.spec.containers[0].ports[0].containerPort:"
                + " \"50051\" (expected: a value of type Integer)");
  }

  @Test
  void nameInPlaceOfTheNumberOfAGrpcProbe_typeNamed() {
    assertThat(Fixture.faults("port: 50051\n", "port: grpc\n"))
        .containsExactly(
            "test: Deployment/web: spec.template.spec.containers[0].livenessProbe.grpc.port:"
                + " \"grpc\" (expected: a value of type Integer)");
  }

  @Test
  void numberInPlaceOfText_typeNamed() {
    assertThat(Fixture.faults("COLOUR: blue", "COLOUR: 1"))
        .containsExactly(
            "test: ConfigMap/web-config: data.COLOUR: 1 (expected: a value of type String)");
  }

  @Test
  void unknownKind_named() {
    assertThat(Fixture.faults("kind: ServiceAccount", "kind: ServiceAcount"))
        .contains(
            "test: ServiceAcount/web: kind: \"ServiceAcount\" (expected: a kind of apiVersion v1)");
  }
}
