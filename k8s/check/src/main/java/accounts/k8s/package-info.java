/**
 * Finds faults in rendered Kubernetes manifests before an API server or a kubelet does, with one
 * class for each rule. Everything runs on one thread, started by {@link accounts.k8s.Main}.
 */
@NullMarked
package accounts.k8s;

import org.jspecify.annotations.NullMarked;
