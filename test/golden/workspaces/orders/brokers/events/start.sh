#!/bin/bash
set -euo pipefail
config=/etc/kafka/workspace/server.properties
# The first start gives the storage its cluster id and the operator, who makes the other users.
if [ ! -f /var/lib/kafka/data/meta.properties ]; then
  /opt/kafka/bin/kafka-storage.sh format --config "$config" --standalone \
    --cluster-id "$(/opt/kafka/bin/kafka-storage.sh random-uuid)" \
    --add-scram "$(cat /etc/kafka/workspace/operator.scram)"
fi
# The size of the heap is for the broker alone: the health check runs a Java of its own.
KAFKA_HEAP_OPTS='-Xms512m -Xmx512m' exec /opt/kafka/bin/kafka-server-start.sh "$config"
