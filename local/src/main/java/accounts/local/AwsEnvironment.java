package accounts.local;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables by which AWS SDKs find DynamoDB Local. */
public final class AwsEnvironment {

  /** The region; as with the keys, DynamoDB Local needs one and accepts any. */
  public static final String REGION = "us-east-1";

  /** The access key and also the secret key. */
  public static final String KEY = "local";

  private AwsEnvironment() {}

  /**
   * Returns the variables that point an AWS SDK to {@code endpoint}, in the order in which to print
   * them.
   */
  public static Map<String, String> variables(URI endpoint) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString());
    variables.put("AWS_REGION", REGION);
    variables.put("AWS_ACCESS_KEY_ID", KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", KEY);
    return variables;
  }
}
