# Every target that a person calls has a line of help behind "##". Bare `make` prints them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# A JDK of 21 or newer: JAVA_HOME if it is one, else the newest in the usual folders.
JAVA_HOME := $(shell .mvn/find-jdk 21)
export JAVA_HOME
JAVA := $(JAVA_HOME)/bin/java
JVM_FLAGS := --enable-native-access=ALL-UNNAMED $(shell .mvn/find-jdk flags "$(JAVA_HOME)")
MVN := ./mvnw -q

SOURCES := $(shell find pom.xml .mvn k8s/image/jvm.options bom proto local server client bench \( -name target -prune \) -o \( -path '*/src/main/*' -o -name pom.xml -o -name '*.proto' -o -name service_config.json -o -name jvm.options \) -type f -print)
BUILT := target/.built
# What `make run` starts lives for minutes: quick to start beats quick in the long run. Measure with `make serve`.
# So do a short lease, since a server is ready when it has one, and no reads to warm up.
LOCAL_JVM := -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
BACKEND_PORTS = $(if $(DYNAMODB_PORT),--dynamodb-port $(DYNAMODB_PORT)) $(if $(CACHE_PORT),--cache-port $(CACHE_PORT))
BUF := target/tools/buf
BUF_VERSION := 1.61.0
BUF_PLATFORM := $(shell uname -s | sed 's/Darwin/osx/;s/Linux/linux/')-$(shell uname -m | sed 's/aarch64/aarch_64/;s/arm64/aarch_64/')
CLASSPATH = $(1)/target/classes:$$(cat $(1)/target/classpath)

##@ Run it
.PHONY: run backends serve
SECURE_FOLDER := $(CURDIR)/target/secure
run: $(BUILT) ## everything on this machine, Ctrl-C ends it; GRPC_PORT=, ADMIN_PORT=, DYNAMODB_PORT=, CACHE_PORT= choose ports; SECURE=1: TLS and tokens
	@$(if $(SECURE),$(JAVA) $(JVM_FLAGS) $(LOCAL_JVM) -cp "$(call CLASSPATH,local)" accounts.local.identity.Identities $(SECURE_FOLDER) "$${ACCOUNTS_GRPC_HOST:-127.0.0.1}:$(or $(GRPC_PORT),$${ACCOUNTS_GRPC_PORT:-50051})"; \
	export ACCOUNTS_TLS_CERTIFICATE=$(SECURE_FOLDER)/server.pem ACCOUNTS_TLS_KEY=$(SECURE_FOLDER)/server.key; \
	export ACCOUNTS_TLS_CLIENT_CA=$(SECURE_FOLDER)/ca.pem ACCOUNTS_IDENTITY=$(SECURE_FOLDER)/identity.yaml;) \
	export ACCOUNTS_EPOCH_LEASE="$${ACCOUNTS_EPOCH_LEASE:-200ms}" ACCOUNTS_WARM_UP="$${ACCOUNTS_WARM_UP:-0s}"; \
	$(if $(GRPC_PORT),export ACCOUNTS_GRPC_PORT=$(GRPC_PORT);) $(if $(ADMIN_PORT),export ACCOUNTS_ADMIN_PORT=$(ADMIN_PORT);) \
	exec $(JAVA) $(JVM_FLAGS) $(LOCAL_JVM) -cp "$(call CLASSPATH,local)" accounts.local.Backends $(BACKEND_PORTS) -- \
	  $(JAVA) $(JVM_FLAGS) $(LOCAL_JVM) -cp "$(call CLASSPATH,server)" accounts.server.Main

backends: $(BUILT) ## only DynamoDB Local (port 8000) and the local cache (port 8080), for servers of your own
	@exec $(JAVA) $(JVM_FLAGS) $(LOCAL_JVM) -cp "$(call CLASSPATH,local)" accounts.local.Backends $(BACKEND_PORTS)

serve: $(BUILT) ## one server against what the environment says (docs/configuration.md)
	@exec $(JAVA) $(JVM_FLAGS) $(SERVER_JVM) -cp "$(call CLASSPATH,server)" accounts.server.Main

##@ Build and check
.PHONY: check build test fuzz lint docs-check samples-check publish-local publish-check contract api format clean bench-validation
check: ## what CI runs, in the same order; needs spin, gcc, kubectl, prometheus, ip, python3 and Node.js, which .ci/run installs on Debian
	@for step in build lint docs-check samples-check publish-check k8s-check alerts-check dashboard-check image-check model test; do \
	  printf '\n== make %s\n' "$$step"; $(MAKE) "$$step" || exit; \
	done

build: $(BUILT) ## compile everything

$(BUILT): $(SOURCES) | jdk
	@echo "building (the first time downloads what it needs)..." >&2
	@$(MVN) -pl '!k8s/check' process-classes
	@mkdir -p target && touch $@

test: $(BUF) | jdk ## all tests, with the line coverage of the server at the end
	@./mvnw verify
	@awk -F, 'NR > 1 { missed += $$8; covered += $$9 } \
	  END { printf "line coverage of server: %.1f %%\n", 100 * covered / (missed + covered) }' \
	  server/target/site/jacoco/jacoco.csv
	@awk -F'[" ]' '/<testsuite / { for (i = 1; i <= NF; i++) { \
	    if ($$i == "tests=") n += $$(i + 1); if ($$i == "errors=" || $$i == "failures=") f += $$(i + 1); \
	    if ($$i == "skipped=") s += $$(i + 1) } } \
	  END { printf "%d passed, %d failed, %d skipped\n", n - f - s, f, s; exit f + s > 0 }' \
	  */target/surefire-reports/TEST-*.xml k8s/check/target/surefire-reports/TEST-*.xml

fuzz: | jdk ## random requests against a server (REQUESTS=500000), of which make test sends 30,000; the audit trail of 10,000 random changes, of which it makes 4,000
	@./mvnw -q -pl server -am test -Djacoco.skip=true -Dsurefire.failIfNoSpecifiedTests=false -Dtest=FuzzTest,AuditTrailTest -Daccounts.fuzz=$(or $(REQUESTS),500000) -Daccounts.mutations=10000 -Djunit.jupiter.execution.timeout.mode=disabled

lint: $(BUILT) $(BUF) ## the contract: buf lint, and no change that breaks a caller (proto/contract.binpb)
	@proto/check $(CURDIR)/$(BUF)

docs-check: ## the documentation: Mermaid pictures are valid and links resolve (needs Node.js, npm)
	@docs/check/run

samples-check: ## the samples for callers in other languages parse (needs Node.js, npm, python3)
	@client/samples/check

publish-local: | jdk ## the client, its stubs and the BOM with sources and Javadoc into the local Maven repository; REPOSITORY=FOLDER: into a repository of their own
	@$(MVN) -Ppublish -pl bom,proto,client -am -Dmaven.test.skip=true -Djacoco.skip=true \
	  $(if $(REPOSITORY),deploy -Dmaven.install.skip=true -DaltDeploymentRepository=folder::file://$(abspath $(REPOSITORY)),install)

PUBLISHED := $(CURDIR)/client/target/published
publish-check: $(BUILT) ## a project outside this build takes the client from a repository, and calls with it
	@rm -rf $(PUBLISHED)
	@$(MAKE) publish-local REPOSITORY=$(PUBLISHED)
	@client/samples/java/check $(PUBLISHED)

bench-validation: | jdk ## what checking a request costs: by the contract's own rules, and by the server's types
	@$(MVN) -pl server -am process-test-classes
	@$(JAVA) $(JVM_FLAGS) -cp "server/target/test-classes:server/target/classes:$$(cat server/target/test-classpath)" \
	  accounts.grpc.ValidationCost

contract: $(BUILT) $(BUF) ## accept the contract as it is now: what is compared with from here on
	@proto/check $(CURDIR)/$(BUF) save

api: $(BUILT) ## accept the Java API of the client as it is now: what `make test` compares with from here on
	@cd client/target/classes && $(JAVA_HOME)/bin/jar --create --no-manifest --date=2026-01-01T00:00:00Z \
	  --file ../../api.jar accounts/client/*.class

# From Maven Central, so that no other registry is needed.
$(BUF): | jdk
	@$(MVN) -N dependency:copy -Dartifact=build.buf:buf:$(BUF_VERSION):exe:$(BUF_PLATFORM) \
	  -DoutputDirectory=target/tools -Dmdep.stripVersion -Dmdep.stripClassifier
	@mv target/tools/buf.exe $@ && chmod +x $@

format: | jdk ## lay the sources out as Spotless wants them
	@$(MVN) -pl '!bom' spotless:apply

clean: ## forget what was built
	@find . -name target -type d -not -path './.git/*' -prune -exec rm -rf {} +

##@ Prove it and measure it (bench/README.md)
.PHONY: bench bench-quick bench-curves bench-micro check-freshness bench-outage bench-herd bench-cost cost bench-cutoff bench-coldstart bench-slowstore bench-burst bench-abuse bench-overload bench-firstcalls rolling-restart bench-watch deletion-check import-check simulate simulate-check
BENCH = $(JAVA) -Xmx1g $(JVM_FLAGS) -cp "$(call CLASSPATH,bench)" accounts.bench.Main

check-freshness: $(BUILT) ## no stale read under faults (DURATION=10m); of yours: ADDRESSES=a:1,b:2; of servers without a safeguard: MUTANTS=all
ifdef MUTANTS
	@$(BENCH) mutants $(MUTANTS) $(if $(SEED),--seed $(SEED))
else
	@$(BENCH) check-freshness $(if $(ADDRESSES),--addresses $(ADDRESSES)) $(if $(CA),--ca $(CA)) $(if $(TOKEN_FILE),--token-file $(TOKEN_FILE)) $(if $(DURATION),--duration $(DURATION)) \
	  $(if $(SEED),--seed $(SEED)) $(if $(LEAST),--least $(LEAST)) \
	  $(if $(BOUND),--bound $(BOUND)) $(if $(WINDOW),--window $(WINDOW))
endif

bench-outage: $(BUILT) ## the cache goes away under a load: what fails, what is stale, what it costs
	@$(BENCH) outage

bench-herd: $(BUILT) ## 10,000 readers of one cold key over 4 instances: how often DynamoDB is read, with and without claims
	@$(BENCH) herd

bench-cost: $(BUILT) ## a hit, a change, a miss next to the tutorial's server: round trips, items, milliseconds
	@$(BENCH) cost

cost: $(BUILT) ## what a million calls cost, and the quotas they take: CALLS=1000 (a second), HITS=0.95, CHANGES=0.01, WRITE_UNITS=, INSTANCES=, LEASE=, SHARDS=, PRICES=FILE
	@$(BENCH) bill $(if $(PRICES),--prices $(PRICES)) $(if $(CALLS),--calls $(CALLS)) $(if $(HITS),--hits $(HITS)) $(if $(CHANGES),--changes $(CHANGES)) \
	  $(if $(WRITE_UNITS),--write-units $(WRITE_UNITS)) $(if $(INSTANCES),--instances $(INSTANCES)) $(if $(LEASE),--lease $(LEASE)) $(if $(SHARDS),--shards $(SHARDS))

bench bench-quick bench-firstcalls: $(if $(IMAGE),image-files)
bench: $(BUILT) ## how fast the service is next to bare servers, written to docs/performance/results.md; 10 minutes; another build beside: BEFORE=CLASSPATH; ONLY=relay,fresh; JVM=FLAGS; IMAGE=1: the memory of the image
	@! command -v npm >/dev/null || PACKAGES=bench/src/main/node/tutorial client/samples/install bench/target/node-tutorial bench/src/main/node/tutorial/server.mjs
	@$(BENCH) speed $(SPEED)

bench-quick: $(BUILT) ## the same in 90 seconds, printed only
	@$(BENCH) speed --quick $(SPEED)
bench-curves: $(BUILT) ## throughput and latency by hit ratio, changes, keys, instances, and while the cache has troubles, written to docs/performance/curves.md; 6 minutes
	@$(BENCH) curves $(if $(LENGTH),--length $(LENGTH))

bench-micro: $(BUILT) ## nanoseconds of single pieces on the path of a hit, and what they allocate, by JMH; a minute
	@$(JAVA) $(JVM_FLAGS) -cp "$(call CLASSPATH,bench)" org.openjdk.jmh.Main -f 1 -wi 3 -w 1 -i 5 -r 1 -prof gc $(ONLY)

SPEED = $(if $(BEFORE),--before "$(BEFORE)") $(if $(ONLY),--only $(ONLY)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(JVM),--jvm='$(JVM)') $(OF_IMAGE)
OF_IMAGE = $(if $(IMAGE),--image $(IMAGE_FILES))

bench-cutoff: $(BUILT) ## one of three instances cut off from the cache: the others' hits, its writes; CUT=10s, SILENT=1
	@$(BENCH) cutoff $(if $(CUT),--cut $(CUT)) $(if $(SILENT),--silent)

bench-coldstart: $(BUILT) ## three servers loaded from their first second on, and overloaded later: when hits are there, and back
	@$(BENCH) coldstart $(if $(OVERLOAD),--overload $(OVERLOAD))

bench-slowstore: $(BUILT) ## DynamoDB 300 and 600 ms late: what becomes of the hits; DELAYS=300ms,600ms
	@$(BENCH) slowstore $(if $(DELAYS),--delays $(DELAYS))

bench-burst: $(BUILT) ## 200 cold keys at once through one instance, cache stopped: all answered; 2,000: shed beyond BOUND=816
	@$(BENCH) burst $(if $(BOUND),--bound $(BOUND))

bench-abuse: $(BUILT) ## eleven attacks on one instance, and what a polite caller beside each sees; ONLY=reset; POD=1: with a pod's memory (root)
	@$(BENCH) abuse $(if $(POD),--pod) $(if $(ATTACK),--attack $(ATTACK)) $(if $(ONLY),--only "$(ONLY)")

bench-overload: $(BUILT) ## one instance with more to do than it can: what it still answers, how soon, and when it is as before; OVERLOAD=60s
	@$(BENCH) overload $(if $(OVERLOAD),--overload $(OVERLOAD))

bench-firstcalls: $(BUILT) ## the first 1,000 calls of an instance that says it is ready, next to later ones; with a quarter of a processor (root), unless WHOLE=1; of the image: IMAGE=1
	@$(BENCH) firstcalls $(if $(WHOLE),--whole) $(OF_IMAGE)

rolling-restart: $(BUILT) ## each of three instances replaced twice by SIGTERM, once by SIGKILL, under the load of the Java client and of one in Node.js: no call fails; takes 5 minutes
	@client/samples/install bench/target/node bench/src/main/node/load.mjs
	@$(BENCH) rolling-restart

bench-watch: $(BUILT) ## 1,000 watches on three instances, 200 changes/s, one instance killed every 5 s for a minute: no change lost, each entity's in order; WATCHES=, CHANGES=, LENGTH=
	@$(BENCH) watch $(if $(WATCHES),--watches $(WATCHES)) $(if $(CHANGES),--changes $(CHANGES)) $(if $(LENGTH),--length $(LENGTH))

deletion-check: | jdk ## a forced deletion of an organization of 10,000 members, killed five times: nothing is left, and every removal was watched; MEMBERS=, KILLS=
	@./mvnw -q -pl server -am test -Djacoco.skip=true -Dsurefire.failIfNoSpecifiedTests=false -Dtest=DeletionKillTest \
	  -Daccounts.deletion.members=$(or $(MEMBERS),10000) -Daccounts.deletion.kills=$(or $(KILLS),5)
	@echo "nothing is left of it, and every removal was watched"

import-check: | jdk ## an import of 100,000 lines, killed twice, ends as one that nobody disturbed; LINES=; 15 minutes
	@$(MVN) -pl client -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=ImportKillTest -Dimport.lines=$(or $(LINES),100000) \
	  -Djunit.jupiter.execution.timeout.default=60m
	@echo "the same report, the same users and members as without kills"

simulate: $(BUILT) ## fleets up to 10,000 instances and 10^9 keys under virtual time, into docs/performance/simulation.md; one of your own: INSTANCES=, KEYS=, CALLS=, ZIPF=0.99, WRITES=0.01, BOUNDED=0.5, TTL=30m, TRACE=FILE, SEED=
	@mkdir -p docs/performance
	@$(BENCH) simulate $(if $(INSTANCES)$(KEYS)$(CALLS)$(ZIPF)$(WRITES)$(BOUNDED)$(TTL)$(TRACE)$(SEED),,--out docs/performance/simulation.md) \
	  $(if $(INSTANCES),--instances $(INSTANCES)) $(if $(KEYS),--keys $(KEYS)) $(if $(CALLS),--calls $(CALLS)) $(if $(ZIPF),--zipf $(ZIPF)) \
	  $(if $(WRITES),--writes $(WRITES)) $(if $(BOUNDED),--bounded $(BOUNDED)) $(if $(TTL),--ttl $(TTL)) $(if $(TRACE),--trace $(TRACE)) $(if $(SEED),--seed $(SEED))

simulate-check: $(BUILT) ## the same traces played to the simulation and to real servers: hits and reads of DynamoDB within 10 %
	@$(BENCH) check-simulation

##@ Images and Kubernetes (k8s/README.md)
.PHONY: image image-local image-check k8s-check alerts-check dashboard-check
export PLATFORMS PUSH
image: $(if $(BASE),,$(BUILT)) | jdk ## the server's image as a tar; BASE=IMAGE: on a base with Java 25, not from scratch; PUSH=IMAGE: to a registry, there with PLATFORMS=
	@k8s/image/build server $(BASE)

IMAGE_FILES := target/image-files
.PHONY: image-files
image-files: image
	@k8s/image/unpack server/target/jib-image.tar $(IMAGE_FILES)

image-local: | jdk ## the image of the two local backends, for k8s/overlays/local
	@k8s/image/build local $(BASE)

image-check: image image-local ## both images: reproducible, and running from their own files as pods would (root; Linux)
	@k8s/image/check

k8s-check: | jdk ## renders k8s/overlays/* (needs kubectl, Node.js) and says what an API server or a kubelet would refuse; DEPLOY=production: placeholders, too
	@$(MVN) -pl k8s/check process-classes
ifdef DEPLOY
	@$(JAVA) -cp "$(call CLASSPATH,k8s/check)" accounts.k8s.Main --deploy k8s/external.txt k8s/overlays/$(DEPLOY)/
else
	@$(JAVA) -cp "$(call CLASSPATH,k8s/check)" accounts.k8s.Main k8s/external.txt k8s/overlays/*/
	@k8s/check/operators/run k8s/external.txt k8s/overlays/*/
	@$(MVN) -pl k8s/check test -Dexcluded.groups=
endif

alerts-check: ## the alert rules of k8s/observability, each firing on what it is for (needs promtool)
	@k8s/observability/check

dashboard-check: $(BUILT) ## the dashboard's queries, each returning data from servers under a load, by a Prometheus that scrapes them (needs prometheus)
	@$(BENCH) check-dashboard

##@ Proofs
.PHONY: model model-trail
model: ## the protocol in Promela, exhaustively; each safeguard left out is detected (needs spin, gcc)
	@model/run

model-trail: ## the shortest history that detects VARIANT (model/run list prints the names)
	@model/run trail "$(VARIANT)"

.PHONY: jdk help
jdk:
	@.mvn/find-jdk 21 >/dev/null

help: ## this page
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z0-9-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
