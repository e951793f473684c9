package accounts.local;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables by which any AWS SDK finds DynamoDB Local. */
public final class AwsEnvironment {

  /** Region, access key and secret are dummies: DynamoDB Local wants some, and accepts any. */
  public static final String REGION = "us-east-1";

  /** Access key and secret key alike. */
  public static final String KEY = "local";

  private AwsEnvironment() {}

  /**
   * Returns the variables that point an AWS SDK at {@code endpoint}, in the order in which they
   * read best.
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
