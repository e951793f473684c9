// Prints a user's role in an organization: node membership.mjs TARGET CA TOKEN-FILE ORGANIZATION USERNAME
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import protos from '@grpc/proto-loader';

const [target, ca, tokenFile, organizationName, username] = process.argv.slice(2);
const proto = process.env.ACCOUNTS_PROTO ?? 'proto'; // a copy of the folder proto/
const contract = protos.loadSync('accounts/v1/account_service.proto', { includeDirs: [proto, `${proto}/third_party`], enums: String });
const { AccountService } = grpc.loadPackageDefinition(contract).accounts.v1;
const token = grpc.credentials.createFromMetadataGenerator((_, done) => {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${readFileSync(tokenFile, 'utf8').trim()}`); // for each call: it is replaced before it expires
  done(null, metadata);
});
const client = new AccountService(target, grpc.credentials.combineChannelCredentials(grpc.credentials.createSsl(readFileSync(ca)), token), {
  'grpc.service_config': readFileSync(`${proto}/accounts/v1/service_config.json`, 'utf8'),
  'grpc.service_config_disable_resolution': 1,
  'grpc.keepalive_time_ms': 30_000,
});
client.getMembership({ organizationName, username }, { deadline: Date.now() + 1_000 }, (error, response) => {
  console.log(error ? `${grpc.status[error.code]}: ${error.details}` : response.membership.role);
  client.close(); // at the end of the process, not after each call
});
