package accounts.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExportersTest {

  @Test
  void of_nothingSet_exportsNothing() {
    assertThat(Exporters.of(Map.of())).isEqualTo(new Exporters("none", "none"));
  }

  @Test
  void of_endpoint_exportsBothByOtlp() {
    assertThat(Exporters.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318")))
        .isEqualTo(new Exporters("otlp", "otlp"));
  }

  @Test
  void of_endpointOfTraces_exportsTracesAlone() {
    assertThat(Exporters.of(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318")))
        .isEqualTo(new Exporters("otlp", "none"));
  }

  @Test
  void of_exporterNone_winsOverTheEndpoint() {
    Exporters exporters =
        Exporters.of(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318",
                "OTEL_TRACES_EXPORTER", "none"));

    assertThat(exporters.exportsTraces()).isFalse();
    assertThat(exporters.exportsMetrics()).isTrue();
  }

  @Test
  void of_disabled_exportsNothing() {
    Exporters exporters =
        Exporters.of(Map.of("OTEL_SDK_DISABLED", "true", "OTEL_TRACES_EXPORTER", "otlp"));

    assertThat(exporters.exportsTraces()).isFalse();
    assertThat(exporters.exportsMetrics()).isFalse();
  }
}
