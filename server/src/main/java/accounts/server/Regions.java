package accounts.server;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Asks AWS's own provider chain for the region. */
final class Regions {

  private Regions() {}

  /** Returns whether the chain finds a region; may call the machine's metadata service. */
  static boolean isKnownToAws() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion() != null;
    } catch (SdkClientException e) {
      return false;
    }
  }
}
