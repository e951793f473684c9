package accounts.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A small set of manifests without faults, in which each test changes one place. */
final class Fixture {

  private static final String GOOD =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: web
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: web-config
      data:
        COLOUR: blue
        PAINT: /etc/paint/can
        PLAN: /etc/plan/COLOUR
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        selector:
          matchLabels:
            app: web
        template:
          metadata:
            labels:
              app: web
          spec:
            serviceAccountName: web
            terminationGracePeriodSeconds: 60
            securityContext:
              runAsNonRoot: true
              runAsUser: 65532
              seccompProfile:
                type: RuntimeDefault
            containers:
              - name: server
                image: web:1.0
                lifecycle:
                  preStop:
                    sleep:
                      seconds: 30
                resources:
                  limits:
                    cpu: 2
                envFrom:
                  - configMapRef:
                      name: web-config
                env:
                  - name: COLOUR
                    valueFrom:
                      configMapKeyRef:
                        name: web-config
                        key: COLOUR
                  - name: KEY
                    valueFrom:
                      secretKeyRef:
                        name: outside
                        key: key
                  - name: ACCOUNTS_DRAIN
                    value: 5s
                  - name: ACCOUNTS_STOP_GRACE
                    value: 15s
                ports:
                  - name: grpc
                    containerPort: 50051
                livenessProbe:
                  grpc:
                    port: 50051
                    service: liveness
                readinessProbe:
                  tcpSocket:
                    port: grpc
                securityContext:
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  capabilities:
                    drop: [ALL]
                volumeMounts:
                  - name: tmp
                    mountPath: /tmp
                  - name: paint
                    mountPath: /etc/paint
                  - name: plan
                    mountPath: /etc/plan
                  - name: token
                    mountPath: /etc/token
            volumes:
              - name: tmp
                emptyDir: {}
              - name: paint
                secret:
                  secretName: outside
              - name: plan
                configMap: {name: web-config}
              - name: token
                projected:
                  sources:
                    - secret: {"name": outside}
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        clusterIP: None
        selector:
          app: web
        ports:
          - name: grpc
            port: 80
            targetPort: grpc
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata:
        name: web
      spec:
        maxUnavailable: 1
        selector:
          matchLabels:
            app: web
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata:
        name: web
      spec:
        scaleTargetRef:
          apiVersion: apps/v1
          kind: Deployment
          name: web
        minReplicas: 2
        maxReplicas: 4
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: web
      spec:
        podSelector:
          matchLabels:
            app: web
        ingress:
          - ports:
              - port: grpc
      """;

  private Fixture() {}

  /** Returns the faults of the unchanged manifests, as lines. */
  static List<String> faults() {
    return check(GOOD);
  }

  /** Returns the faults, as lines, after the only {@code good} was replaced by {@code bad}. */
  static List<String> faults(String good, String bad) {
    return check(replaced(GOOD, good, bad));
  }

  /** As {@link #faults(String, String)}, with two places changed. */
  static List<String> faults(String good, String bad, String alsoGood, String alsoBad) {
    return check(replaced(replaced(GOOD, good, bad), alsoGood, alsoBad));
  }

  private static String replaced(String manifests, String good, String bad) {
    assertThat(manifests.split(Pattern.quote(good), -1)).hasSize(2);
    return manifests.replace(good, bad);
  }

  private static List<String> check(String yaml) {
    Bundle bundle = new Bundle(Yaml.manifests("test", yaml), Set.of("Secret/outside"));
    return Rule.checkAll(bundle).stream().map(Fault::toString).toList();
  }
}
