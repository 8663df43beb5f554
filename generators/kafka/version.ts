/** Version of a broker in full, where a design names only its minor version: images of Apache Kafka have no shorter tag. */
export function fullVersion(text: string): string | undefined {
  const [, major, minor, patch = '0'] = /^(\d{1,3})\.(\d{1,3})(?:\.(\d{1,5}))?$/.exec(text) ?? [];
  return major === undefined || minor === undefined || Number(major) < 4
    ? undefined
    : `${Number(major)}.${Number(minor)}.${Number(patch)}`;
}
