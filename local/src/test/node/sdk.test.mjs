// The calls that Accounts relies on, through Momento's Node SDK, against the cache at 127.0.0.1:$CACHE_PORT.
// NodeSdkTest starts that cache, which also has a cache named another and throttles SetBatch, and this file.
import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {
  CacheClient,
  Configurations,
  CredentialProvider,
  ReadConcern,
  TopicClient,
  TopicConfigurations,
} from '@gomomento/sdk';

const CACHE = 'accounts';
const credentialProvider = CredentialProvider.forMomentoLocal({port: Number(process.env.CACHE_PORT)});
const cache = await CacheClient.create({
  configuration: Configurations.Laptop.v1().withReadConcern(ReadConcern.CONSISTENT),
  credentialProvider,
  defaultTtlSeconds: 60,
});
const topics = new TopicClient({configuration: topicConfiguration(5000), credentialProvider});

after(() => cache.close());

function topicConfiguration(timeoutMillis) {
  return TopicConfigurations.Default.latest().withClientTimeoutMillis(timeoutMillis);
}

/** The answer's type, such as Hit, with the error's text if it is one. */
function outcome(answer) {
  return answer.type === 'Error' ? `Error ${answer.errorCode()}: ${answer.message()}` : answer.type;
}

test('get_absentThenSet_missesThenHits', async () => {
  assert.equal(outcome(await cache.get(CACHE, 'get')), 'Miss');
  assert.equal(outcome(await cache.set(CACHE, 'get', 'v')), 'Success');
  const hit = await cache.get(CACHE, 'get');
  assert.equal(outcome(hit), 'Hit');
  assert.equal(hit.valueString(), 'v');
});

test('getBatch_someAbsent_answersForEach', async () => {
  await cache.set(CACHE, 'batch-1', 'a');
  const answer = await cache.getBatch(CACHE, ['batch-1', 'batch-2']);
  assert.equal(outcome(answer), 'Success');
  assert.deepEqual(answer.results().map(outcome), ['Hit', 'Miss']);
});

test('delete_existing_misses', async () => {
  await cache.set(CACHE, 'delete', 'v');
  assert.equal(outcome(await cache.delete(CACHE, 'delete')), 'Success');
  assert.equal(outcome(await cache.get(CACHE, 'delete')), 'Miss');
});

test('setIfNotExists_twice_storesOnce', async () => {
  assert.equal(outcome(await cache.setIfNotExists(CACHE, 'not-exists', 'a')), 'Stored');
  assert.equal(outcome(await cache.setIfNotExists(CACHE, 'not-exists', 'b')), 'NotStored');
});

test('setIf_eachCondition_storesWhenItHolds', async () => {
  const calls = {
    setIfAbsent: key => cache.setIfAbsent(CACHE, key, 'new'),
    setIfPresent: key => cache.setIfPresent(CACHE, key, 'new'),
    setIfEqual: key => cache.setIfEqual(CACHE, key, 'new', 'v'),
    setIfNotEqual: key => cache.setIfNotEqual(CACHE, key, 'new', 'v'),
    setIfPresentAndNotEqual: key => cache.setIfPresentAndNotEqual(CACHE, key, 'new', 'v'),
    setIfAbsentOrEqual: key => cache.setIfAbsentOrEqual(CACHE, key, 'new', 'v'),
  };
  const stored = {};
  for (const [name, call] of Object.entries(calls)) {
    await cache.set(CACHE, `${name}-equal`, 'v');
    await cache.set(CACHE, `${name}-another`, 'w');
    stored[name] = [];
    for (const state of ['absent', 'equal', 'another']) {
      stored[name].push(outcome(await call(`${name}-${state}`)));
    }
  }
  assert.deepEqual(stored, {
    setIfAbsent: ['Stored', 'NotStored', 'NotStored'],
    setIfPresent: ['NotStored', 'Stored', 'Stored'],
    setIfEqual: ['NotStored', 'Stored', 'NotStored'],
    setIfNotEqual: ['Stored', 'NotStored', 'Stored'],
    setIfPresentAndNotEqual: ['NotStored', 'NotStored', 'Stored'],
    setIfAbsentOrEqual: ['Stored', 'Stored', 'NotStored'],
  });
});

test('ttl_updatedIncreasedDecreased_isAsTheLastSaid', async () => {
  await cache.set(CACHE, 'ttl', 'v', {ttl: 10});
  assert.equal(outcome(await cache.updateTtl(CACHE, 'ttl', 20_000)), 'Set');
  assert.equal(outcome(await cache.increaseTtl(CACHE, 'ttl', 10_000)), 'NotSet');
  assert.equal(outcome(await cache.decreaseTtl(CACHE, 'ttl', 15_000)), 'Set');
  const left = (await cache.itemGetTtl(CACHE, 'ttl')).remainingTtlMillis();
  assert.ok(left > 10_000 && left <= 15_000, `${left} ms`);
  assert.equal(outcome(await cache.itemGetTtl(CACHE, 'absent')), 'Miss');
});

test('increment_numberThenOthers_addsOrRefuses', async () => {
  await cache.set(CACHE, 'increment', '40');
  assert.equal((await cache.increment(CACHE, 'increment', 2)).value(), 42);
  for (const value of ['text', '+5', '\u0665']) {
    await cache.set(CACHE, 'increment', value);
    assert.match(outcome(await cache.increment(CACHE, 'increment', 2)), /^Error FAILED_PRECONDITION/);
  }
});

test('dictionaryGetFields_noneAndSome_answersForEach', async () => {
  assert.equal(outcome(await cache.dictionaryGetFields(CACHE, 'dictionary', [])), 'Miss');
  await cache.dictionarySetField(CACHE, 'dictionary', 'a', '1');
  const none = await cache.dictionaryGetFields(CACHE, 'dictionary', []);
  assert.equal(outcome(none), 'Hit');
  assert.deepEqual(none.value(), {});
  const some = await cache.dictionaryGetFields(CACHE, 'dictionary', ['a', 'b']);
  assert.deepEqual(some.value(), {a: '1'});
});

test('listCaches_two_reportsTheirLimits', async () => {
  const caches = (await cache.listCaches()).getCaches();
  assert.deepEqual(caches.map(info => info.getName()), ['accounts', 'another']);
  assert.equal(caches[0].getCacheLimits().maxItemSizeKb, 5120);
  assert.equal(caches[0].getCacheLimits().maxTtlSeconds, 86_400);
  assert.ok(caches[0].getCacheLimits().maxTrafficRate > 0);
  assert.equal(caches[0].getTopicLimits().maxSubscriptionCount, 1000);
});

test('limits_exceeded_areToldApart', async () => {
  const large = await cache.set(CACHE, 'large', 'x'.repeat(5_300_000));
  assert.match(outcome(large), /^Error LIMIT_EXCEEDED_ERROR: Request size limit exceeded/);
  const item = await cache.set(CACHE, 'item', 'x'.repeat(5 * 1024 * 1024));
  assert.match(outcome(item), /^Error LIMIT_EXCEEDED_ERROR: Item size limit exceeded/);
  const element = await cache.dictionarySetField(CACHE, 'd', 'f', 'x'.repeat(128 * 1024));
  assert.match(outcome(element), /^Error LIMIT_EXCEEDED_ERROR: Element size limit exceeded/);
  const message = await topics.publish(CACHE, 't', 'x'.repeat(4097));
  assert.match(outcome(message), /^Error LIMIT_EXCEEDED_ERROR: Request size limit exceeded/);
  const throttled = await cache.setBatch(CACHE, {k: 'v'});
  assert.match(outcome(throttled), /^Error LIMIT_EXCEEDED_ERROR: Request rate limit exceeded/);
});

test('get_unknownCache_isNotFound', async () => {
  assert.match(outcome(await cache.get('nowhere', 'k')), /^Error NOT_FOUND_ERROR/);
});

/** Subscribes, and returns what arrives; `until` waits for the first item that fits. */
async function subscribed(client, topic) {
  const arrived = [];
  const waiting = [];
  const arrive = item => {
    arrived.push(item);
    waiting.forEach(check => check());
  };
  const subscription = await client.subscribe(CACHE, topic, {
    onItem: item => arrive(item.valueString()),
    onError: error => arrive(`Error ${error.errorCode()}`),
    onDiscontinuity: () => arrive('discontinuity'),
    onConnectionLost: () => arrive('connection lost'),
  });
  assert.equal(outcome(subscription), 'Subscription');
  const until = wanted =>
    Promise.race([
      new Promise(resolve => {
        const check = () => arrived.includes(wanted) && resolve();
        waiting.push(check);
        check();
      }),
      sleep(5000, undefined, {ref: false}).then(() => assert.fail(`no ${wanted} in ${arrived}`)),
    ]);
  return {arrived, until, subscription};
}

test('publish_burst_arrivesWholeAndInOrder', async () => {
  const {arrived, until, subscription} = await subscribed(topics, 'burst');
  const sent = Array.from({length: 100}, (_, i) => `${i} `.padEnd(1000, 'x'));
  for (const message of sent) {
    assert.equal(outcome(await topics.publish(CACHE, 'burst', message)), 'Success');
  }
  await until(sent.at(-1));
  assert.deepEqual(arrived, sent);
  subscription.unsubscribe();
});

test('subscribe_pastItsDeadline_goesOn', async () => {
  const impatient = new TopicClient({configuration: topicConfiguration(400), credentialProvider});
  const {arrived, until, subscription} = await subscribed(impatient, 'deadline');
  await topics.publish(CACHE, 'deadline', 'before');
  await until('connection lost');
  await topics.publish(CACHE, 'deadline', 'after');
  await until('after');
  assert.deepEqual(arrived, ['before', 'connection lost', 'after']);
  subscription.unsubscribe();
});
