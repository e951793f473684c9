/**
 * Finds what is wrong with rendered Kubernetes manifests before an API server or a kubelet would:
 * one class a rule. Nothing here knows threads; {@link accounts.k8s.Main} is the way in.
 */
@NullMarked
package accounts.k8s;

import org.jspecify.annotations.NullMarked;
