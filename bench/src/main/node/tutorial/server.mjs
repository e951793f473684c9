// Read-aside as tutorials have it, on plain HTTP: get; after a miss, read the table and set. Hits are not always fresh.
// It reads the items that the service keeps users in, and finds its backends as the service does.
import { createServer } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CacheClient, CacheGetResponse, Configurations, CredentialProvider } from '@gomomento/sdk';

const { ACCOUNTS_GRPC_PORT, ACCOUNTS_TABLE, ACCOUNTS_CACHE, MOMENTO_LOCAL_ENDPOINT } = process.env;
const [hostname, port] = MOMENTO_LOCAL_ENDPOINT.split(':');
const cache = await CacheClient.create({
  configuration: Configurations.InRegion.Default.latest(),
  credentialProvider: CredentialProvider.forMomentoLocal({ hostname, port: Number(port) }),
  defaultTtlSeconds: 3_600,
});
const table = new DynamoDBClient({});

async function find(username) {
  const key = `tutorial/${username}`;
  const cached = await cache.get(ACCOUNTS_CACHE, key);
  if (cached.type === CacheGetResponse.Hit) {
    return { user: JSON.parse(cached.valueString()), source: 'cache' };
  }
  const name = { S: `USER#${username}` };
  const { Item: item } = await table.send(new GetItemCommand({ TableName: ACCOUNTS_TABLE, Key: { PK: name, SK: name } }));
  if (!item) {
    return { source: 'table' };
  }
  const user = { username, firstName: item.firstName.S, lastName: item.lastName.S, revision: item.revision.N };
  await cache.set(ACCOUNTS_CACHE, key, JSON.stringify(user));
  return { user, source: 'table' };
}

createServer(async (request, response) => {
  try {
    const found = await find(request.url.slice(1));
    response.writeHead(found.user ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}).listen(Number(ACCOUNTS_GRPC_PORT), '127.0.0.1');
