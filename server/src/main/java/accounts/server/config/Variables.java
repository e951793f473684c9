package accounts.server.config;

/** The environment variables that the server reads, with their defaults. */
final class Variables {

  private Variables() {}

  static final Variable GRPC_HOST =
      Variable.of("ACCOUNTS_GRPC_HOST", "127.0.0.1", "a host name or address to listen on");
  static final Variable GRPC_PORT =
      Variable.of("ACCOUNTS_GRPC_PORT", "50051", "a port, 0-65535; 0 is any free one");
  static final Variable GRPC_PLAINTEXT =
      Variable.of(
          "ACCOUNTS_GRPC_PLAINTEXT",
          "false",
          "true or false; true where ACCOUNTS_GRPC_HOST is not a loopback address and"
              + " ACCOUNTS_TLS_CERTIFICATE is not set, since calls are not encrypted");
  static final Variable TLS_CERTIFICATE =
      Variable.of("ACCOUNTS_TLS_CERTIFICATE", "", "a readable file, with ACCOUNTS_TLS_KEY");
  static final Variable TLS_KEY =
      Variable.of("ACCOUNTS_TLS_KEY", "", "a readable file, with ACCOUNTS_TLS_CERTIFICATE");
  static final Variable TLS_CLIENT_CA =
      Variable.of(
          "ACCOUNTS_TLS_CLIENT_CA", "", "a readable file, and only with ACCOUNTS_TLS_CERTIFICATE");
  static final Variable TLS_CLIENT_CERTIFICATE =
      Variable.of("ACCOUNTS_TLS_CLIENT_CERTIFICATE", "optional", "optional or required");
  static final Variable IDENTITY =
      Variable.of("ACCOUNTS_IDENTITY", "", "a readable YAML file of issuers and SPIFFE ids");
  static final Variable ANONYMOUS =
      Variable.of(
          "ACCOUNTS_ANONYMOUS",
          "false",
          "true or false; true where ACCOUNTS_GRPC_HOST is not a loopback address and"
              + " ACCOUNTS_IDENTITY is not set, since every caller may then act as anyone");
  static final Variable REFLECTION = Variable.of("ACCOUNTS_REFLECTION", "true", "true or false");
  static final Variable CALL_TIMEOUT =
      Variable.of("ACCOUNTS_CALL_TIMEOUT", "10s", "a duration from 100ms to 5m, like 10s");
  static final Variable WARM_UP =
      Variable.of("ACCOUNTS_WARM_UP", "10s", "a duration from 0s to 1m, like 10s");
  static final Variable CONNECTION_AGE =
      Variable.of("ACCOUNTS_CONNECTION_AGE", "100s", "a duration from 10s to 1h, like 100s");
  static final Variable DRAIN =
      Variable.of("ACCOUNTS_DRAIN", "0s", "a duration from 0s to 5m, like 5s");
  static final Variable STOP_GRACE =
      Variable.of("ACCOUNTS_STOP_GRACE", "15s", "a duration from 0s to 5m, like 15s");
  static final Variable ADMIN = Variable.of("ACCOUNTS_ADMIN", "true", "true or false");
  static final Variable ADMIN_HOST =
      Variable.of("ACCOUNTS_ADMIN_HOST", "127.0.0.1", "a host name or address to listen on");
  static final Variable ADMIN_PORT =
      Variable.of("ACCOUNTS_ADMIN_PORT", "9090", "a port, 0-65535; 0 is any free one");
  static final Variable AUDIT_PER_SECOND =
      Variable.of("ACCOUNTS_AUDIT_PER_SECOND", "0", "a number from 0 to 1000; 0 is off");
  static final Variable TABLE =
      Variable.of(
          "ACCOUNTS_TABLE", "accounts", "a table name: 3-255 letters, digits, '_', '.' or '-'");
  static final Variable STORE_TIMEOUT =
      Variable.of("ACCOUNTS_STORE_TIMEOUT", "2s", "a duration from 100ms to 1m, like 2s");
  static final Variable STORE_CONNECTIONS =
      Variable.of("ACCOUNTS_STORE_CONNECTIONS", "96", "a number from 1 to 1000");
  static final Variable STORE_READS =
      Variable.of("ACCOUNTS_STORE_READS", "48", "a number from 1 to 1000");
  static final Variable STORE_WRITES =
      Variable.of("ACCOUNTS_STORE_WRITES", "32", "a number from 1 to 1000");
  static final Variable STORE_QUEUE =
      Variable.of("ACCOUNTS_STORE_QUEUE", "768", "a number from 0 to 100000");
  static final Variable AUDIT_RETENTION =
      Variable.of("ACCOUNTS_AUDIT_RETENTION", "400d", "a duration from 1d to 3650d, like 400d");
  static final Variable DELETED_RETENTION =
      Variable.of("ACCOUNTS_DELETED_RETENTION", "30d", "a duration from 1s to 3650d, like 30d");
  static final Variable WATCH_RETENTION =
      Variable.of("ACCOUNTS_WATCH_RETENTION", "7d", "a duration from 1d to 365d, like 7d");
  static final Variable WATCHES =
      Variable.of("ACCOUNTS_WATCHES", "2000", "a number from 1 to 100000");
  static final Variable EPOCH_LEASE =
      Variable.of("ACCOUNTS_EPOCH_LEASE", "1s", "a duration from 100ms to 10s, like 1s");
  static final Variable BOUNDED_AGE =
      Variable.of("ACCOUNTS_BOUNDED_AGE", "1s", "a duration from 0s to 1m, like 1s");
  static final Variable NEAR_MEBIBYTES =
      Variable.of("ACCOUNTS_NEAR_MEBIBYTES", "32", "a number from 0 to 65536");
  static final Variable HINTS = Variable.of("ACCOUNTS_HINTS", "true", "true or false");
  static final Variable EPOCH_COPIES =
      Variable.of("ACCOUNTS_EPOCH_COPIES", "1", "a number from 1 to 64");
  static final Variable DYNAMODB_ENDPOINT =
      Variable.of(
          "AWS_ENDPOINT_URL_DYNAMODB", "", "a URL like http://127.0.0.1:8000, or not set for AWS");
  static final Variable REPAIR = Variable.of("ACCOUNTS_REPAIR", "true", "true or false");
  static final Variable STREAMS_ENDPOINT =
      Variable.of(
          "AWS_ENDPOINT_URL_DYNAMODB_STREAMS",
          "",
          "a URL like http://127.0.0.1:8000, or not set for AWS, or for what"
              + " AWS_ENDPOINT_URL_DYNAMODB says where that is an http:// URL");
  static final Variable AWS_REGION =
      Variable.of(
          "AWS_REGION", "", "a region like eu-west-1, here or elsewhere in AWS's own chain");
  static final Variable MOMENTO_API_KEY =
      Variable.secret(
          "MOMENTO_API_KEY",
          "a Momento API key; or MOMENTO_API_KEY_FILE or MOMENTO_LOCAL_ENDPOINT, one of the three");
  static final Variable MOMENTO_API_KEY_FILE =
      Variable.of("MOMENTO_API_KEY_FILE", "", "a readable file that holds a Momento API key");
  static final Variable MOMENTO_LOCAL_ENDPOINT =
      Variable.of("MOMENTO_LOCAL_ENDPOINT", "", "host:port of a local server, like 127.0.0.1:8080");
  static final Variable CACHE =
      Variable.of(
          "ACCOUNTS_CACHE", "accounts", "a cache name: 1-255 letters, digits, '_', '.' or '-'");
  static final Variable CACHE_TIMEOUT =
      Variable.of("ACCOUNTS_CACHE_TIMEOUT", "500ms", "a duration from 1ms to 10s, like 500ms");
  static final Variable CACHE_TTL =
      Variable.of("ACCOUNTS_CACHE_TTL", "30m", "a duration from 1s to 24h, like 30m");
  // These two are read by logback.xml; here they are checked and shown.
  static final Variable LOG_FORMAT = Variable.of("ACCOUNTS_LOG_FORMAT", "text", "text or json");
  static final Variable LOG_LEVEL =
      Variable.of("ACCOUNTS_LOG_LEVEL", "INFO", "TRACE, DEBUG, INFO, WARN, ERROR or OFF");
}
