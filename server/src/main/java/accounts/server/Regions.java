package accounts.server;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** What AWS's own chain knows of regions. */
final class Regions {

  private Regions() {}

  /** Whether a client would find a region; may ask the machine's metadata service. */
  static boolean isKnownToAws() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion() != null;
    } catch (SdkClientException e) {
      return false;
    }
  }
}
