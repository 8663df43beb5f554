const seed = 0x9747b28c;
const m = 0x5bd1e995;

/** Kafka's hash of a key, signed 32 bits (org.apache.kafka.common.utils.Utils.murmur2). */
function murmur2(key: Uint8Array): number {
  let h = seed ^ key.length;
  let at = 0;
  for (; at + 4 <= key.length; at += 4) {
    let k = byte(key, at) | (byte(key, at + 1) << 8) | (byte(key, at + 2) << 16) | (byte(key, at + 3) << 24);
    k = Math.imul(k, m);
    k ^= k >>> 24;
    k = Math.imul(k, m);
    h = Math.imul(h, m) ^ k;
  }
  if (at < key.length) {
    for (let left = key.length - 1; left >= at; left--) h ^= byte(key, left) << (8 * (left - at));
    h = Math.imul(h, m);
  }
  h ^= h >>> 13;
  h = Math.imul(h, m);
  return h ^ (h >>> 15);
}

function byte(key: Uint8Array, at: number): number {
  return key[at] ?? 0;
}

/** The partition of a key, the same that the Java client chooses (BuiltInPartitioner.partitionForKey). */
export function partitionOf(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}
