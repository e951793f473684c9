// A steady load by a plain gRPC client of another language: round_robin and the service config that the contract comes with, nothing
// else. RollingRestart starts it, sends what to do as one line of JSON and each change of the addresses as another, and ends it by
// closing its input. It prints a line of JSON for each call that has ended, and twice a second how many attempts were made at each
// address.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import grpc from '@grpc/grpc-js';
import protos from '@grpc/proto-loader';

const MOST_IN_FLIGHT = 2_000;
const REPORT_EVERY_MS = 500;
const LOOK_UP_EVERY_MS = 30_000;
const DEADLINE_MS = { read: 1_000, write: 5_000 };

const input = createInterface({ input: process.stdin });
const { addresses: first, token, proto, users, reads, writes } = await new Promise((line) => input.once('line', (text) => line(JSON.parse(text))));

let addresses = first;
input.on('line', (text) => ({ addresses } = JSON.parse(text)));
grpc.experimental.registerResolver('instances', class {
  constructor(target, listener) {
    this.listener = listener;
  }

  /** A balancer asks for it when a connection has ended; it is done as often as gRPC looks up names in DNS. */
  updateResolution() {
    this.due ??= setTimeout(() => this.lookUp(), this.last ? Math.max(0, this.last + LOOK_UP_EVERY_MS - performance.now()) : 0);
  }

  lookUp() {
    this.due = undefined;
    this.last = performance.now();
    const endpoints = addresses.map((address) => ({ addresses: [grpc.experimental.splitHostPort(address)] }));
    this.listener(grpc.experimental.statusOrFromValue(endpoints), {}, null, '');
  }

  destroy() {
    clearTimeout(this.due);
    this.due = undefined;
  }

  static getDefaultAuthority() {
    return 'instances.test';
  }
});

const loaded = protos.loadSync('accounts/v1/account_service.proto', { includeDirs: [proto, `${proto}/third_party`] });
const { AccountService } = grpc.loadPackageDefinition(loaded).accounts.v1;
const client = new AccountService('instances:all', grpc.credentials.createInsecure(), {
  'grpc.service_config': readFileSync(`${proto}/accounts/v1/service_config.json`, 'utf8'),
});
const metadata = new grpc.Metadata();
metadata.set('authorization', `Bearer ${token}`);

const attemptsOf = new Map(); // by the id of a subchannel, which goes when its address does
let inFlight = 0;
let stopping = false;

const loads = [
  every(1_000 / reads, (n) => call('read', 'GetUser', { username: users[n % users.length] })),
  every(1_000 / writes, (n) =>
    call('write', 'UpdateUser', {
      user: { username: users[n % users.length], lastName: `Measured ${n}` },
      updateMask: { paths: ['last_name'] },
      requestId: randomUUID(), // without it a change must not be repeated
    })),
];
const reports = setInterval(report, REPORT_EVERY_MS);
input.once('close', stop);

/** Sends at a fixed rate, however late the timer is. */
function every(millis, send) {
  const began = performance.now();
  let sent = 0;
  return setInterval(() => {
    for (; began + sent * millis <= performance.now(); sent++) {
      send(sent);
    }
  }, millis);
}

function call(kind, method, request) {
  if (inFlight >= MOST_IN_FLIGHT) {
    print({ call: kind, millis: 0, code: 'DROPPED' });
    return;
  }
  inFlight++;
  const sent = performance.now();
  client[method](request, metadata, { deadline: Date.now() + DEADLINE_MS[kind] }, (error) => {
    inFlight--;
    print({ call: kind, millis: performance.now() - sent, code: error ? grpc.status[error.code] : 'OK' });
    endWhenIdle();
  });
}

/** Reads gRPC's own counters (channelz): a call has as many attempts as subchannels were asked. */
function report() {
  grpc.getChannelzHandlers().GetTopChannels({ request: { start_channel_id: 0, max_results: 1 } }, (_, { channel: [channel] }) => {
    channel.subchannel_ref.forEach(({ subchannel_id: id }) =>
      grpc.getChannelzHandlers().GetSubchannel({ request: { subchannel_id: id } }, (error, answer) => {
        if (!error) {
          attemptsOf.set(id, { address: answer.subchannel.data.target, count: answer.subchannel.data.calls_started });
        }
      }));
    const attempts = {};
    attemptsOf.forEach(({ address, count }) => (attempts[address] = (attempts[address] ?? 0) + count));
    print({ attempts, calls: channel.data.calls_started });
  });
}

function stop() {
  stopping = true;
  loads.forEach(clearInterval);
  endWhenIdle();
}

function endWhenIdle() {
  if (stopping && inFlight === 0) {
    clearInterval(reports);
    report();
    client.close();
  }
}

function print(line) {
  process.stdout.write(JSON.stringify(line) + '\n');
}
